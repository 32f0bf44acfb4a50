// Enter sends what is written, as in every messenger; Shift and Enter makes a new line. Everything works without this.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  if (!event.target.matches?.(".composer textarea")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
