"""Telling a hub (WebSub) which feeds have changed, so that their readers need not ask."""
