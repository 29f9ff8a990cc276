"""How long a headline and a standfirst read best. Recommended, never enforced.

Headlines: search results and news tabs cut after some 60 to 70 characters, cards of social networks
after some 90; below 40 a headline seldom says what happened. Standfirsts: shared cards and search
results show 150 to 250 characters; below 80 it repeats the headline.
"""

HEADLINE = (40, 90)
STANDFIRST = (80, 250)
RECOMMENDED = {"headline": HEADLINE, "standfirst": STANDFIRST}
