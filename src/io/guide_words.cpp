#include "guide_words.hpp"

namespace tidewater::io {

namespace {

constexpr std::string_view kIntroduction = R"(# The project file

Everything tidewater knows about a corridor stands in one TOML file, with the relief beside it. This page is written from
the declarations the reader itself uses (`src/project/describe*.cpp`), so it says neither more nor less than what is read;
`project.schema.json` beside it tells the same to editors. `tidewater check FILE` reads a file and reports every fault at
once, each with its line and a remedy.

The least a project can be:

```toml
[project]
name = "Pasni corridor"
first_year = 2027
years = 30
price_year = 2025

[[option]]
name = "no_project"        # every party's gain is measured against an option that builds nothing
```

Tables in single brackets, `[terrain]`, stand once; tables in double brackets, `[[site]]`, once for each. A table within the
entry above it is written with both names: `[site.port]`, then `[[site.port.berth]]` once for each berth of that port.

## Units

A quantity is a text with a number and a unit: `"45 Mt/a"`, `"4.03 USD/lb"`, `"70 mi"`, `"12 ‰"`. The vocabulary is closed,
and its words mean what the trade means by them: `kt` is a thousand tonnes (a knot is `kn`), `a` is a year of 365.25 days, `nmi`
is a nautical mile, `Mm3` is a million cubic metres. Capital and small letters differ. Every field has a dimension; a quantity
of another dimension is refused with the one that was expected. Any unit of the right dimension will do: a reserve may be
given in `Mt`, `kt` or `t`.

- Divide with `/`, each time: `USD/t/km`, `1/km/a` (or `/km/a`). Multiply with a blank or `·`, before the first division.
- `k`, `M` or `bn` before a currency is a thousand, a million, a thousand million: `"1.2 bn USD"`.
- A grade or share is written with its unit too: `"1 %"`, `"12 ‰"`, `"0.25 g/t"`.
- A field without a unit (a count, a factor, a year) takes a plain number: `wagons = 34`. It also takes `"50 %"` for 0.5.
- Numbers have at most one decimal point and no separators: `"1250000.5 t"`, `"3e6 t"`. Commas, apostrophes and thin spaces
  are refused, because `1,250` is read as two different numbers in two halves of the world.

Money without further words is in the project's `currency` at the prices of its `price_year`. Any other currency, and the
same one of another year, is stated once and may then be used anywhere:

```toml
[[exchange]]
code = "AUD2013"                       # Australian dollars at the prices of 2013
value = { value = "1.33 USD", source = "0.97 USD/AUD in 2013, consumer prices up 38 % since", status = "derived" }

[rates]
cut = "26 AUD2013/m3"
```

The declarations below say `USD` for the project's money, whatever it is.
)";

constexpr std::string_view kNumbers = R"(
## Numbers and their sources

Any number may be written in one of these forms:

```toml
reserve = "240 Mt"
reserve = { value = "240 Mt", source = "feasibility study 2025, table 14", note = "proven and probable" }
reserve = { triangular = ["180 Mt", "240 Mt", "310 Mt"], source = "assumed: half the inferred resource" }
```

Every number has a status, and the report lists all of them with their sources:

| status | means | when |
|---|---|---|
| `sourced` | somebody else said so | there is a `source` |
| `derived` | computed from sourced numbers | `status = "derived"`, or the source begins with "derived" |
| `assumed` | nobody said so | there is no source, or it begins with "assumed" or "judgement" |
| `default` | the file does not say | the field is left out |

`status` in the table decides when it is given. A number called sourced or derived without a source is refused. A `note` is
printed beside the source.

## Distributions

An uncertain number is a distribution in place of a value. The base case uses its median; each sampled future draws from it.

| key | numbers | is |
|---|---|---|
| `uniform` | low, high | all values alike |
| `triangular` | low, most likely, high | straight lines up and down |
| `pert` | low, most likely, high | a beta law, smoother than the triangle, mean (low + 4 likely + high) / 6 |
| `normal` | mean, standard deviation | three standard deviations must stay within the field's range |
| `lognormal` | median, standard deviation of the natural logarithm (a plain number) | for prices and costs |
| `discrete` | 1 to 100 values | each as likely as its share of the list |
| `percentiles` | P5, P50, P95 | straight lines between them |

Each number has its own unit (`["0.6 M USD/km", "900 USD/m"]`), and all of them must lie in the range of the field.

## Options and what differs in them

Options are compared under the same futures. An option names the links it uses, and may write over any number of the project
by its path, in any form a number has:

```toml
[[option]]
name = "pasni_rail"
links = ["reko_diq_pasni", "sea_pasni"]
overrides = { "site/pasni/port/channel_depth" = "14 m", "rates/contingency" = { value = "40 %", source = "assumed" } }
```

A path is made of the names of tables and, within lists, of the name of the entry (its `id`, or the key said below) or its place
counted from 0: `site/reko_diq/mine/deposit/0/reserve`. Names are therefore made of letters, digits, `_` and `-`.

On the command line `--set PATH=VALUE` does the same for every option, and for texts, years and switches too; there parts may be
joined by dots: `--set project.seed=7 --set terrain.elevation=finer.tif --set "site.pasni.port.channel_depth=14 m"`.
Another `terrain.elevation` leaves the file's `terrain.note` out, unless that is set too.

## Places

A place is `[longitude, latitude]` in degrees (WGS 84), longitude first. A line is a list of places, a polygon a list of at
least three whose edges do not cross; it need not be closed.
)";

constexpr std::string_view kFaults = R"(
## Faults

Each kind of fault has a number that does not change:

| code | fault |
|---|---|
| TW0001 | the file is missing, unreadable or too large |
| TW0002 | brackets or key parts nested too deep |
| TW0003 | not TOML |
| TW0004 | a `--set` that names nothing |
| TW0005, TW0006 | a `--sweep` that is none; too few replications for an interval |
| TW0110, TW0111 | no number; a number that is not finite or is written with separators |
| TW0112, TW0113, TW0114 | unknown unit; currency without an `[[exchange]]`; not written as a unit |
| TW0120, TW0121, TW0122 | wrong dimension; no unit; neither number nor text |
| TW0130 | out of range |
| TW0131, TW0132 | no source where one is needed; no value, or more than one |
| TW0140, TW0141, TW0142, TW0143 | a distribution whose numbers do not rise; a negative deviation; the wrong count; beyond the field's range |
| TW0200, TW0201, TW0202, TW0203 | more faults than are shown; a missing field; an unknown key; another kind of value |
| TW0204, TW0205, TW0206 | unknown word; whole number out of range; empty or too long a text |
| TW0207, TW0208, TW0209 | no place; no polygon; no curve |
| TW0210, TW0211, TW0212, TW0213 | too many entries; `[x]` for `[[x]]` or the reverse; no currency code; an override of nothing |
| TW0301, TW0302, TW0314, TW0319 | two entries of one name; a name nothing has; a name no path can hold; an entry the catalogue lacks |
| TW0303 to TW0313, TW0315 to TW0318, TW0320 to TW0327 | parts that need other parts, sums that do not hold |
| TW0401 to TW0409 | the relief: missing, not georeferenced, other coordinates, does not cover a site, voids, absurd heights, a picture, broken off, thinned |
| TW0411, TW0412, TW0413 | terrain tiles that could not be fetched; a box that is none; no http address |
| TW0421 | a table a GeoPackage cannot hold |
| TW0501, TW0502 | an option whose links make no way; a new railway without ground heights |
| TW0503, TW0504, TW0505 | railways of one way with unlike consists; an input of a mine that cannot come from its port; fewer trucks than products |

What is read at most: 4 MiB of file, 16 brackets or key parts within each other, 10,000 entries in a list, 20,000 points in a
line, 64 KiB in a text. 200 faults are shown.
)";

}  // namespace

std::string_view guide_introduction() {
  return kIntroduction;
}

std::string_view guide_numbers() {
  return kNumbers;
}

std::string_view guide_faults() {
  return kFaults;
}

}  // namespace tidewater::io
