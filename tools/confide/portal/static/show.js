// Lets somebody see what they type. Without this file the page works all the same.
for (const field of document.querySelectorAll("input[data-show]")) {
  const row = document.createElement("div");
  row.className = "row";
  field.replaceWith(row);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "show";
  button.setAttribute("aria-controls", field.id);
  const say = (hidden) => {
    field.type = hidden ? "password" : "text";
    button.textContent = hidden ? "Show" : "Hide";
    button.setAttribute("aria-pressed", String(!hidden));
  };
  button.addEventListener("click", () => {
    say(field.type === "text");
    field.focus();
  });
  say(true);
  row.append(field, button);
  // A browser that offers to remember the words should see a password field when the form is sent.
  if (field.form) field.form.addEventListener("submit", () => say(true));
}
