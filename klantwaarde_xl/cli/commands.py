"""`klantwaarde …`: parse, call, print. The one place that catches errors and shows progress."""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import os
import sys
import warnings
from collections.abc import Sequence

from klantwaarde_xl.cli.analyse import analyse_to
from klantwaarde_xl.cli.dutch_parser import options_given
from klantwaarde_xl.cli.excel import BUILD, build_from
from klantwaarde_xl.cli.forget import forget
from klantwaarde_xl.cli.functions import about_functions, function_file, functions_into, module_texts
from klantwaarde_xl.cli.gallery import draw_gallery
from klantwaarde_xl.cli.new import new_workbook
from klantwaarde_xl.cli.pdf import write_pdf
from klantwaarde_xl.cli.progress import progress
from klantwaarde_xl.cli.reading import CHOICES, or_another_table, read, table_named
from klantwaarde_xl.cli.recipe import recipes_after, recipes_given, write_recipe
from klantwaarde_xl.cli.refresh import refresh
from klantwaarde_xl.cli.reported import as_json, lines_of
from klantwaarde_xl.cli.setup import RUNS as SETUP
from klantwaarde_xl.cli.targets import refuse_folder, refuse_target
from klantwaarde_xl.cli.unexpected import is_stopped, unexpected
from klantwaarde_xl.cli.upgrade import upgrade
from klantwaarde_xl.cli.words import parser
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import ColumnsMissing, KlantwaardeError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code: 0 when all went well."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    if debug:
        words = [word for word in words if word != "--debug"]
        logging.basicConfig(level=logging.INFO)
    elif arguments is None:  # what a library remarks of its numbers says nothing to who types this
        warnings.simplefilter("ignore")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console without UTF-8 must not end the program
            stream.reconfigure(errors="replace")
    try:
        options = parser(RUNS).parse_args(words or ["--hulp"])
        return options.run(options) or 0
    except BrokenPipeError:  # `klantwaarde functies | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _stopped()
    except Exception as error:
        if is_stopped(error):
            return _stopped()
        if debug:
            raise
        _complain(error if isinstance(error, KlantwaardeError) else unexpected(error))
        return error.exit_code if isinstance(error, KlantwaardeError) else 1


def _stopped() -> int:
    print("\nAfgebroken; er is niets half geschreven.", file=sys.stderr)
    return 130


def _complain(error: KlantwaardeError) -> None:
    lines = str(error).splitlines()
    print("\n".join([f"Fout: {lines[0]}", *lines[1:]]), file=sys.stderr)


# ── the commands ────────────────────────────────────────────────────────────────────────────


_EXAMPLE_DATA = {
    "transacties": "De gegevens, zoals een webshop ze exporteert.",
    "kosten": "Wat die winkel per kanaal, campagne en maand aan werving uitgaf.",
    "klanten": "Door welk kanaal en welke campagne ieder klant werd.",
    "budget": "Tussen welke grenzen elk kanaal per maand mag krijgen.",
    "enquete": "De antwoorden op een enquête onder klanten van die winkel.",
    "adressen": "De e-mailadressen van die klanten, en wie mail wil ontvangen.",
    "producten": "Wat zij per productgroep kochten, en wat dat de winkel kostte.",
    "doelen": "Wat de winkel wil halen, per kerncijfer.",
}


def _demo(options: argparse.Namespace) -> None:
    from klantwaarde_xl.cli.demo import make_demo
    from klantwaarde_xl.workbook.templates import template_ids, templates

    refuse_folder(options.map)
    with progress(2 + len(template_ids())) as step:
        demo = make_demo(options.map, now=_now(), step=step)
    orders, customers = format_number(demo.orders, 0), format_number(demo.customers, 0)
    print(f"Gemaakt uit {orders} orders van {customers} klanten van een verzonnen Nederlandse webshop:\n")
    for name, path in demo.workbooks.items():
        print(f"  {path}\n      {templates()[name].purpose}")
    for name, path in demo.data.items():
        print(f"  {path}\n      {_EXAMPLE_DATA[name]}")
    print()
    for name, tables in demo.missing.items():
        print(f"  Niet gemaakt: {name}, want er zijn geen voorbeeldgegevens ({', '.join(tables)}).")
        print("      Een leeg werkboek maakt: klantwaarde sjablonen\n")
    print(f"Open nu {demo.workbooks['dashboard'].name} in Excel of LibreOffice Calc.")
    print("Met uw eigen gegevens: klantwaarde nieuw dashboard --gegevens UW-BESTAND.csv")


def _functions(options: argparse.Namespace) -> None:
    print("\n".join(about_functions(options)))


def _try_out(options: argparse.Namespace) -> None:
    print("\n".join(function_file(options, now=_now())))


def _new(options: argparse.Namespace) -> None:
    print("\n".join(new_workbook(options, now=_now())))


def _refresh(options: argparse.Namespace) -> int | None:
    return refresh(options, now=_now(), say=_say)


def _forget(options: argparse.Namespace) -> int:
    lines, code = forget(options, now=_now())
    print("\n".join(lines))
    return code


def _upgrade(options: argparse.Namespace) -> int:
    lines, code = upgrade(options, now=_now())
    print("\n".join(lines))
    return code


def _templates(options: argparse.Namespace) -> None:
    from klantwaarde_xl.cli.demo import file_name, make_templates
    from klantwaarde_xl.workbook.templates import template_ids

    refuse_folder(options.map, map(file_name, template_ids()), overwrite=options.overschrijven)
    with progress(1) as step:
        step("sjablonen maken")
        made = make_templates(options.map, named=options.functienamen)
    for path in made:
        print(f"Gemaakt: {path}")


def _put(options: argparse.Namespace) -> None:
    print("\n".join(functions_into(options, now=_now())))


def _module(options: argparse.Namespace) -> None:
    print("\n".join(module_texts(options)))


def _check(options: argparse.Namespace) -> None:
    from klantwaarde_xl.data.tables import main_of
    from klantwaarde_xl.data.tables import tables as input_tables

    table = table_named(options.tabel) if options.tabel is not None else str(main_of(input_tables()))
    given = recipes_given(options, {})
    with progress(1) as step:
        try:
            tables = read(options, {table: options.gegevens}, step, skip_refused=True, recipes=given)
        except ColumnsMissing as error:
            if options.tabel is not None or "--tabel" in error.remedy:
                raise
            raise or_another_table(error, table, "zeg dan wat wel, met --tabel") from None
    quality = tables[table].quality
    if options.json:
        print(as_json(quality))
    else:
        print("\n".join([*lines_of(quality), *(f"  {problem}" for problem in quality.problems)]))
    if not options.overslaan:
        quality.raise_if_refused(f" --tabel {table}" if options.tabel is not None else "")
    # Looking changes no recipe, unless the user chose: what is new is still to be told by who reads for real
    if table not in given or options_given(options, CHOICES):
        for line in write_recipe(options, given, recipes_after(given, tables)):
            print(line, file=sys.stderr if options.json else sys.stdout)


def _analyse(options: argparse.Namespace) -> None:
    print("\n".join(analyse_to(options)))


def _libreoffice(options: argparse.Namespace) -> None:
    from klantwaarde_xl.hosts.libreoffice.build import build_extension

    refuse_target(options.uit, ".oxt", overwrite=True)
    path = build_extension(options.uit)
    print(f"Gemaakt: {path}\nDubbelklik erop, of in LibreOffice: Extra, Extensies..., Toevoegen.")


def _excel(options: argparse.Namespace) -> None:
    print("\n".join(build_from(options)))


def _pdf(options: argparse.Namespace) -> None:
    print("\n".join(write_pdf(options)))


def _gallery(options: argparse.Namespace) -> None:
    print("\n".join(draw_gallery(options, now=_now())))


RUNS = {
    "demo": _demo,
    "functies": _functions,
    "nieuw": _new,
    "ververs": _refresh,
    "vergeet": _forget,
    "opwaarderen": _upgrade,
    "sjablonen": _templates,
    "functiebestand": _try_out,
    "voegtoe": _put,
    "functiemodule": _module,
    "controleer": _check,
    "analyse": _analyse,
    "pdf": _pdf,
    "voorbeelden": _gallery,
    "libreoffice bouw": _libreoffice,
    **SETUP,
    BUILD: _excel,
}


def _say(words: str, wrong: bool) -> None:
    print(words, file=sys.stderr if wrong else sys.stdout, flush=True)


def _now() -> dt.datetime:
    return dt.datetime.now().replace(microsecond=0)


if __name__ == "__main__":
    sys.exit(main())
