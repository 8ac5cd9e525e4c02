"""Write each lab's notebook of tasks from its solution: what is marked there is taken out.

python notebooks/labs/make_tasks.py

In the code of `NAME-solution.ipynb`, a line that ends with `# solution` is an answer. Of `name = …` and `return …` the
beginning stays, with three dots in the answer's place; other marked lines give way to one `...  # your code here`.
Cells with the tag "solution" are left out.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

FOLDER = Path(__file__).parent
MARK = re.compile(r"^(?P<kept>(?P<indent>\s*)(?:\w+ = |return )?).*# solution$")


def without_answers(lines: list[str]) -> list[str]:
    """The lines of a cell as its student finds them."""
    kept: list[str] = []
    for line in lines:
        found = MARK.match(line)
        if found is None:
            kept.append(line)
        elif found["kept"] != found["indent"]:
            kept.append(f"{found['kept']}...  # your answer")
        elif not (kept and kept[-1].endswith("# your code here")):
            kept.append(f"{found['indent']}...  # your code here")
    return kept


def tasks_of(solution: Path) -> str:
    """The notebook of tasks that belongs to a solution, as it is written to a file."""
    notebook = json.loads(solution.read_text())
    notebook["cells"] = [cell for cell in notebook["cells"] if "solution" not in cell["metadata"].get("tags", [])]
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            lines = without_answers("".join(cell["source"]).split("\n"))
            cell["source"] = [f"{line}\n" for line in lines[:-1]] + lines[-1:]
            cell["outputs"], cell["execution_count"] = [], None
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def file_of_tasks(solution: Path) -> Path:
    """Where they are, beside the solution."""
    return solution.with_name(solution.name.replace("-solution", ""))


if __name__ == "__main__":
    for path in sorted(FOLDER.glob("*-solution.ipynb")):
        file_of_tasks(path).write_text(tasks_of(path))
