"""Functions compiled in place, with and without a folder for the cache."""

from types import FunctionType, ModuleType

from realpolitik.models.compiled import compile_in_place


def double(number: float) -> float:
    return 2 * number


def quadruple(number: float) -> float:
    return double(double(number))


def test_functions_without_a_file_are_compiled_without_a_cache() -> None:
    """Numba finds no place for the cache of what no file holds, just as where no folder can be written."""
    module = ModuleType("sums")
    for function in (double, quadruple):
        code = function.__code__.replace(co_filename="<nowhere>")
        setattr(module, function.__name__, FunctionType(code, module.__dict__))
    compile_in_place(module, ("double", "quadruple"))
    assert module.quadruple(3) == 12
    assert quadruple(3) == 12
