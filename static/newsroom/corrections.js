// The question of what readers need to be told: the words are asked for where they are wanted, and
// a form that comes back with the question shows it at once.
const question = document.getElementById("notice");

if (question) {
  const words = question.querySelector(".notice-words");
  const answers = [...question.querySelectorAll('input[name="notice"]')];
  const show = () => {
    const chosen = answers.find((answer) => answer.checked)?.value;
    const isTyped = words.querySelector("textarea").value.trim() !== "";
    words.hidden = chosen !== "write" && !isTyped;
  };
  for (const answer of answers) answer.addEventListener("change", show);
  show();
  if (question.classList.contains("notice-asked")) {
    question.scrollIntoView({ block: "center" });
    answers[0].focus();
  }
}
