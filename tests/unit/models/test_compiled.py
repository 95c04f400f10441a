"""Functions compiled on demand, with and without a folder for the cache."""

from pathlib import Path
from types import FunctionType, ModuleType

import pytest

from realpolitik.models.compiled import cached, compile_in_place, compiled


def double(number: float) -> float:
    return 2 * number


def test_a_compiled_copy_leaves_the_module_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "sums.py"
    file.write_text("def double(x):\n    return 2 * x\n\n\ndef quadruple(x):\n    return double(double(x))\n")
    module = ModuleType("sums")
    module.__file__ = str(file)
    assert compiled(module, ("double", "quadruple")).quadruple(3) == 12
    assert not hasattr(module, "quadruple")


def test_a_module_without_a_file_is_refused() -> None:
    with pytest.raises(ImportError, match="sums was not read from a file"):
        compiled(ModuleType("sums"), ())


def test_functions_without_a_file_are_compiled_without_a_cache() -> None:
    """Numba finds no place for the cache of what no file holds, just as where no folder can be written."""
    code = double.__code__.replace(co_filename="<nowhere>")
    assert cached(FunctionType(code, {}, "double"))(3) == 6


def test_functions_compiled_in_place_call_each_other() -> None:
    module = ModuleType("sums")
    code = "def double(x):\n    return 2 * x\n\n\ndef quadruple(x):\n    return double(double(x))\n"
    exec(compile(code, "<nowhere>", "exec"), module.__dict__)
    compile_in_place(module, ("double", "quadruple"))
    assert module.quadruple(3) == 12
