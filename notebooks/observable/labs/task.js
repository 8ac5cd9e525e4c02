// A task of a lab: a field for the answer's code, a hint and a solution that open, and a line that says whether it is right.

const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor;

/**
 * Make a task's element. `view(task({…}))` has the answer once it is right, and nothing before.
 *
 * @param given What the code may use, by name.
 * @param takes Names of parameters: the code is the body of a function of them, and that function is the answer. Without
 * them the code runs once, and what it returns is the answer; it may await.
 * @param start The code at first.
 * @param check Called with the answer; gives `{right, sentence}`, `right` null where there is no answer yet.
 */
export function task({ given = {}, takes, start, hint, solution, check }) {
  const root = make("section", "lab-task");
  const code = root.appendChild(make("textarea", "lab-code"));
  code.value = start;
  code.spellcheck = false;
  code.setAttribute("aria-label", "Your answer, as JavaScript");
  fit(code);
  const row = root.appendChild(make("div", "lab-row"));
  const button = row.appendChild(make("button", "lab-check", "Check"));
  const verdict = row.appendChild(make("output", "lab-verdict"));
  root.append(fold("Hint", make("p", "", hint)), fold("Solution", shownSolution()));

  button.addEventListener("click", answer);
  code.addEventListener("input", (event) => {
    // The element's own events tell of right answers.
    event.stopPropagation();
    fit(code);
  });
  code.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) answer();
  });
  return root;

  function shownSolution() {
    const shown = make("div", "");
    const use = make("button", "", "Use it");
    use.addEventListener("click", () => {
      code.value = solution;
      fit(code);
      answer();
    });
    shown.append(make("pre", "", solution), use);
    return shown;
  }

  async function answer() {
    const asked = code.value;
    button.disabled = true;
    const { value, right, sentence } = await judge(asked);
    button.disabled = false;
    verdict.textContent = sentence;
    verdict.dataset.right = String(right);
    if (!right) return;
    root.value = value;
    root.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async function judge(written) {
    try {
      const names = Object.keys(given);
      const value = takes
        ? new Function(...names, `return (${takes.join(", ")}) => {\n${written}\n};`)(...Object.values(given))
        : await new AsyncFunction(...names, written)(...Object.values(given));
      return { value, ...(await check(value)) };
    } catch (thrown) {
      return { right: false, sentence: `✗ Not yet. The code ends with ${thrown}` };
    }
  }
}

function make(name, className, text = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

function fold(name, content) {
  const folded = make("details", "");
  folded.append(make("summary", "", name), content);
  return folded;
}

/** As many lines as there are. */
function fit(code) {
  code.rows = code.value.split("\n").length;
}
