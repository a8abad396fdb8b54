"""Counting comparisons, and stopping at the first that differs."""

from typing import Any


class Differs(Exception):
    """One figure of the library is not the model's."""

    def __init__(self, figure: str, ours: Any, model: Any) -> None:
        self.figure, self.ours, self.model = figure, ours, model
        super().__init__(f"{figure}\n  library: {ours!r}\n  model:   {model!r}")


class Tally:
    """How many figures were compared, by where they were read."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.place = ""

    @property
    def figures(self) -> int:
        """How many figures were compared."""
        return sum(self.counts.values())

    def one(self, figure: str, ours: Any, model: Any) -> None:
        """Compare one figure: of one type and exactly equal."""
        self.counts[self.place] = self.counts.get(self.place, 0) + 1
        if ours != model or type(ours) is not type(model):
            raise Differs(f"{self.place}: {figure}", ours, model)

    def tree(self, figure: str, ours: Any, model: Any) -> None:
        """Compare every figure of *model*, to all depths, with what stands in *ours*."""
        if isinstance(model, dict):
            if not isinstance(ours, dict):
                raise Differs(f"{self.place}: {figure}", ours, model)
            for key, value in model.items():
                if key not in ours:
                    raise Differs(f"{self.place}: {figure}.{key}", "absent", value)
                self.tree(f"{figure}.{key}", ours[key], value)
        elif isinstance(model, list):
            if not isinstance(ours, list) or len(ours) != len(model):
                raise Differs(f"{self.place}: {figure}", ours, model)
            for index, value in enumerate(model):
                self.tree(f"{figure}[{index}]", ours[index], value)
        else:
            self.one(figure, ours, model)
