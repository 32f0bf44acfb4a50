// Says when the desk does not answer. What was written stays, and a page of errors is never drawn into this one.
const line = document.getElementById("forbindelse");
const { away, unsent } = line.dataset;
const say = (words) => { if (line.textContent !== words) line.textContent = words; };
const wasPosted = (ctx) => ctx?.request?.method === "POST";

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  const { status } = ctx.response;
  if (status < 400 || status === 422) {  // 422: the form with what is wrong
    if (wasPosted(ctx) || line.textContent === away) say("");
    return;
  }
  event.preventDefault();
  say(wasPosted(ctx) ? unsent : away);
});
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx?.response === undefined) say(wasPosted(ctx) ? unsent : line.textContent || away);
});
document.addEventListener("htmx:sse:error", () => say(line.textContent || away));
document.addEventListener("htmx:sse:after:connection", () => { if (line.textContent === away) say(""); });
