// What the formulas call: a spreadsheet's functions on single values and on rows of rows, and its errors.
// A result beyond a number is #NUM!; an error comes out of what it goes into. GAMMALN, NORMSDIST and NORMSINV keep
// thirteen digits. Names that end in an underscore are not offered as functions of the sheet.
const KW_ = (() => {
  class Fault {
    constructor(text, dutch) { this.text = text; this.dutch = dutch; }
  }
  const NUM = new Fault("#NUM!", "#GETAL!"), VALUE = new Fault("#VALUE!", "#WAARDE!");
  const NA = new Fault("#N/A", "#N/B"), DIV0 = new Fault("#DIV/0!", "#DEEL/0!");
  const FAULTS = { "#NUM!": NUM, "#VALUE!": VALUE, "#N/A": NA, "#DIV/0!": DIV0, "#GETAL!": NUM, "#WAARDE!": VALUE, "#N/B": NA, "#DEEL/0!": DIV0 };
  for (const text of ["#REF!", "#NAME?", "#NULL!", "#ERROR!"]) FAULTS[text] = new Fault(text, text);

  const isRows = Array.isArray;
  const isFault = (x) => x instanceof Fault;
  const rowsOf = (x) => (isRows(x) ? x : [[x]]);
  const single = (x) => (isRows(x) && x.length === 1 && x[0].length === 1 ? x[0][0] : x);

  // ── from cell to value ──
  const WHOLE = /^[-+]?\d+$/, DECIMAL = /^[-+]?\d+(?:,\d+|\.(?:\d{1,2}|\d{4,}))$/; // 1.234 can be read in two ways
  function number(x) {
    if (typeof x === "number" || isFault(x)) return x;
    if (typeof x === "boolean") return x ? 1 : 0;
    if (x === undefined || x === null) return 0;
    const text = String(x).trim();
    return WHOLE.test(text) || DECIMAL.test(text) ? Number(text.replace(",", ".")) : VALUE;
  }
  const text = (x) => (x === undefined || x === null ? "" : typeof x === "boolean" ? (x ? "TRUE" : "FALSE") : String(x));
  const checked = (n) => (Number.isFinite(n) ? n : NUM);

  // ── each cell by itself ──
  function spread(f, args) {
    let rows = 1, columns = 1;
    for (const one of args) if (isRows(one)) { rows = Math.max(rows, one.length); columns = Math.max(columns, one[0].length); }
    const made = [];
    for (let i = 0; i < rows; i++) {
      const row = [];
      for (let j = 0; j < columns; j++) row.push(f(...args.map((one) => at(one, i, j))));
      made.push(row);
    }
    return made;
  }
  function at(x, i, j) {
    if (!isRows(x)) return x;
    const row = x.length === 1 ? x[0] : x[i];
    if (row === undefined) return NA;
    const cell = row.length === 1 ? row[0] : row[j];
    return cell === undefined ? NA : cell;
  }
  const lift = (f) => (...args) => (args.some(isRows) ? spread(f, args) : f(...args));
  // The same for two: nearly all of the time of a long column is spent here
  const lift2 = (f) => (a, b) => {
    const left = isRows(a), right = isRows(b);
    if (!left && !right) return f(a, b);
    if (left && (!right || single(b) !== b)) { const y = single(b); return a.map((row) => row.map((x) => f(x, y))); }
    if (right && (!left || single(a) !== a)) { const x = single(a); return b.map((row) => row.map((y) => f(x, y))); }
    if (a.length === b.length && a[0].length === b[0].length) return a.map((row, i) => row.map((x, j) => f(x, b[i][j])));
    return spread(f, [a, b]);
  };
  const withNumber = (f) => lift((cell) => {
    const n = number(cell);
    const made = isFault(n) ? n : f(n);
    return typeof made === "number" ? checked(made) : made;
  });
  const withNumbers = (f) => lift2((a, b) => {
    const x = number(a);
    if (isFault(x)) return x;
    const y = number(b);
    if (isFault(y)) return y;
    const made = f(x, y);
    return typeof made === "number" ? checked(made) : made;
  });
  const withTexts = (f) => lift((...cells) => cells.find(isFault) || f(...cells.map(text)));
  const withTwoTexts = (f) => lift2((a, b) => (isFault(a) ? a : isFault(b) ? b : f(text(a), text(b))));

  const RANK = { number: 0, string: 1, boolean: 2 };
  function order(a, b) {
    if (typeof a === "number" && typeof b === "number") return a < b ? -1 : a > b ? 1 : 0;
    const x = a === undefined || a === null ? (typeof b === "number" ? 0 : "") : a;
    const y = b === undefined || b === null ? (typeof a === "number" ? 0 : "") : b;
    if (typeof x !== typeof y) return RANK[typeof x] - RANK[typeof y];
    const [p, q] = typeof x === "string" ? [x.toLowerCase(), y.toLowerCase()] : [x, y];
    return p < q ? -1 : p > q ? 1 : 0;
  }
  const compared = (f) => lift2((a, b) => (isFault(a) ? a : isFault(b) ? b : f(order(a, b))));

  // ── numbers ──
  // ln Γ by Stirling's series from 15 on; below that by its recurrence
  function logGamma(x) {
    if (!(x > 0)) return NUM;
    let below = 1, y = x;
    while (y < 15) { below *= y; y += 1; }
    const s = 1 / (y * y);
    const series = (1 / 12 + s * (-1 / 360 + s * (1 / 1260 + s * (-1 / 1680 + s * (1 / 1188 - s * 691 / 360360))))) / y;
    return (y - 0.5) * Math.log(y) - y + 0.9189385332046727 + series - Math.log(below);
  }
  // The upper tail of the normal distribution, x ≥ 0: a series near nought, a continued fraction beyond
  function tail(x) {
    const density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    if (x < 3) {
      let sum = x, term = x;
      for (let k = 3; term > 1e-18 * sum; k += 2) { term *= x * x / k; sum += term; }
      return 0.5 - density * sum;
    }
    let fraction = x;
    for (let k = 160; k > 0; k--) fraction = x + k / fraction;
    return density / fraction;
  }
  const dateOf = (day) => new Date((Math.floor(day) - 25569) * 864e5); // from March 1900 on
  const normal = (z) => (z < 0 ? tail(-z) : 1 - tail(z));
  // By Newton's steps in the logarithm of the tail, where it is nearly straight
  function normalInverse(p) {
    if (!(p > 0 && p < 1)) return NUM;
    const small = Math.min(p, 1 - p);
    let z = Math.sqrt(-2 * Math.log(2 * small));
    for (let k = 0; k < 60; k++) {
      const q = tail(z), step = q * Math.log(q / small) / (Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI));
      z = Math.max(0, z + step);
      if (Math.abs(step) < 1e-15 * (1 + z)) break;
    }
    return p < 0.5 ? -z : z;
  }
  function total(args, start, step) {
    let made = start;
    for (const one of args) {
      for (const row of isRows(one) ? one : [[number(one)]]) for (const cell of row) {
        if (isFault(cell)) return cell;
        if (typeof cell === "number") made = step(made, cell);
      }
    }
    return made;
  }
  const extreme = (pick) => (...args) => {
    const made = total(args, undefined, (a, b) => (a === undefined ? b : pick(a, b)));
    return made === undefined ? 0 : made;
  };
  function truths(args, start, step) {
    let made = start;
    for (const one of args) for (const row of rowsOf(one)) for (const cell of row) {
      if (isFault(cell)) return cell;
      if (typeof cell === "string") { if (isRows(one)) continue; return VALUE; }
      made = step(made, Boolean(cell));
    }
    return made;
  }

  // ── rows ──
  const map = (...args) => {
    const f = args.pop();
    return args.some(isRows) ? spread((...cells) => single(f(...cells)), args) : single(f(...args));
  };
  function stack(parts, along) {
    const blocks = parts.map(rowsOf);
    if (along === "rows") {
      const width = Math.max(...blocks.map((one) => one[0].length));
      return blocks.flat().map((row) => [...row, ...Array(width - row.length).fill(NA)]);
    }
    const height = Math.max(...blocks.map((one) => one.length));
    return Array.from({ length: height }, (_, i) => blocks.flatMap((one) => one[i] || Array(one[0].length).fill(NA)));
  }
  const columnOf = (x) => rowsOf(x).flat().map((cell) => [cell]);
  const transposed = (x) => rowsOf(x)[0].map((_, j) => rowsOf(x).map((row) => row[j]));
  const part = (rows) => (rows.length ? rows : NA);
  function scan(start, x, f) {
    let made = start;
    return rowsOf(x).map((row) => row.map((cell) => (made = single(f(made, cell)))));
  }
  // A condition that is one value takes one branch; of a condition of cells each cell takes its own
  function choose(condition, yes, no) {
    const otherwise = no === undefined ? () => false : no;
    const one = single(condition);
    if (isRows(one)) return chosen(one, yes(), otherwise());
    const made = pick(one, yes, otherwise);
    return isRows(condition) && !isRows(made) ? [[made]] : made;
  }
  function chosen(conditions, a, b) {
    const fits = (x) => !isRows(x) || (x.length === conditions.length && x[0].length === conditions[0].length);
    const cell = (c, x, y) => (typeof c === "boolean" ? (c ? x : y) : pick(c, () => x, () => y));
    if (!fits(a) || !fits(b)) return spread(cell, [conditions, a, b]);
    return conditions.map((row, i) => row.map((c, j) => cell(c, isRows(a) ? a[i][j] : a, isRows(b) ? b[i][j] : b)));
  }
  function pick(condition, yes, no) {
    const n = typeof condition === "string" ? VALUE : number(condition);
    return isFault(n) ? n : n !== 0 ? yes() : no();
  }

  const K = {
    $NUM: NUM, $VALUE: VALUE, $NA: NA, $DIV0: DIV0,
    add: withNumbers((a, b) => a + b), sub: withNumbers((a, b) => a - b), mul: withNumbers((a, b) => a * b),
    div: withNumbers((a, b) => (b === 0 ? DIV0 : a / b)),
    pow: withNumbers((a, b) => (a === 0 && b <= 0 ? (b === 0 ? NUM : DIV0) : a ** b)),
    cat: withTwoTexts((a, b) => a + b),
    eq: compared((o) => o === 0), ne: compared((o) => o !== 0), lt: compared((o) => o < 0),
    gt: compared((o) => o > 0), le: compared((o) => o <= 0), ge: compared((o) => o >= 0),
    IF: choose,
    IFERROR: (x, other) => lift((cell) => (isFault(cell) ? other() : cell))(x),
    CHOOSE: (n, ...options) => { const k = Math.floor(number(single(n))); return options[k - 1] ? options[k - 1]() : VALUE; },
    ISOMITTED: (x) => x === undefined || x === null,
    ISERROR: lift(isFault), ISTEXT: lift((x) => typeof x === "string"),
    VALUE: withNumber((x) => x),
    TRIM: withTexts((x) => x.trim().replace(/ +/g, " ")), LEN: withTexts((x) => x.length),
    UPPER: withTexts((x) => x.toUpperCase()), LOWER: withTexts((x) => x.toLowerCase()),
    EXACT: withTwoTexts((a, b) => a === b), SUBSTITUTE: withTexts((x, old, by) => x.split(old).join(by)),
    MID: lift((x, from, count) => [x, from, count].find(isFault) || text(x).substr(from - 1, count)),
    RIGHT: lift((x, count) => [x, count].find(isFault) || text(x).slice(-count)),
    YEAR: withNumber((x) => dateOf(x).getUTCFullYear()), MONTH: withNumber((x) => dateOf(x).getUTCMonth() + 1),
    MEDIAN: (x) => {
      const cells = rowsOf(x).flat(), wrong = cells.find(isFault);
      const sorted = cells.filter((one) => typeof one === "number").sort((a, b) => a - b), half = sorted.length / 2;
      return wrong || (sorted.length ? (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2 : NUM);
    },
    ABS: withNumber(Math.abs), SIGN: withNumber(Math.sign), INT: withNumber(Math.floor), EXP: withNumber(Math.exp),
    LN: withNumber((x) => (x > 0 ? Math.log(x) : NUM)), SQRT: withNumber(Math.sqrt),
    GAMMALN: withNumber(logGamma), NORMSDIST: withNumber(normal), NORMSINV: withNumber(normalInverse),
    SUM: (...args) => total(args, 0, (a, b) => a + b),
    MIN: extreme(Math.min), MAX: extreme(Math.max),
    SUMPRODUCT: (...args) => K.SUM(args.length > 1 ? spread((...cells) => cells.find(isFault) || cells.reduce((a, b) => a * (typeof b === "number" ? b : 0), 1), args) : args[0]),
    AND: (...args) => truths(args, true, (a, b) => a && b), OR: (...args) => truths(args, false, (a, b) => a || b),
    ROWS: (x) => rowsOf(x).length, COLUMNS: (x) => rowsOf(x)[0].length,
    SEQUENCE: (rows, columns = 1, start = 1, step = 1) => {
      const [m, n, s, d] = [rows, columns, start, step].map((x) => number(single(x)));
      const wrong = [m, n, s, d].find(isFault);
      if (wrong || m < 1 || n < 1) return wrong || VALUE;
      return Array.from({ length: Math.floor(m) }, (_, i) => Array.from({ length: Math.floor(n) }, (__, j) => s + d * (i * Math.floor(n) + j)));
    },
    MAP: map, SCAN: scan,
    REDUCE: (start, x, f) => rowsOf(x).flat().reduce((made, cell) => single(f(made, cell)), start),
    BYROW: (x, f) => rowsOf(x).map((row) => [single(f([row]))]),
    TOCOL: columnOf, TRANSPOSE: transposed,
    CHOOSEROWS: (x, n) => { const row = rowsOf(x)[single(n) - 1]; return row ? [row] : VALUE; },
    INDEX: (x, i, j) => {
      const rows = rowsOf(x), [m, n] = rows.length === 1 && j === undefined ? [1, single(i)] : [single(i), j === undefined ? 1 : single(j)];
      const wrong = [m, n].find(isFault);
      return wrong || (rows[m - 1] === undefined || rows[m - 1][n - 1] === undefined ? VALUE : rows[m - 1][n - 1]);
    },
    XMATCH: (wanted, x) => {
      if (isFault(wanted)) return wanted;
      let place = 0;
      for (const row of rowsOf(x)) for (const cell of row) {
        place += 1;
        if (typeof cell === typeof wanted && !isFault(cell) && order(cell, wanted) === 0) return place;
      }
      return NA;
    },
    FILTER: (x, kept) => {
      if (isFault(single(kept))) return single(kept);
      const marks = rowsOf(kept), wrong = marks.flat().find(isFault);
      if (wrong) return wrong;
      const rows = rowsOf(x);
      if (marks.length === rows.length && marks[0].length === 1) return part(rows.filter((_, i) => number(marks[i][0])));
      return transposed(part(transposed(rows).filter((_, j) => number(marks[0][j]))));
    },
    DROP: (x, n) => part(n < 0 ? rowsOf(x).slice(0, n) : rowsOf(x).slice(n)),
    TAKE: (x, n) => part(n < 0 ? rowsOf(x).slice(n) : rowsOf(x).slice(0, n)),
    VSTACK: (...parts) => stack(parts, "rows"), HSTACK: (...parts) => stack(parts, "columns"),
    SORT: (x, by = 1, way = 1) => rowsOf(x).slice().sort((a, b) => way * order(a[by - 1], b[by - 1])),
  };

  // ── what Sheets hands over, and what it gets back ──
  let sameZone;
  function serial(date) {
    if (sameZone === undefined) sameZone = typeof SpreadsheetApp === "undefined" || inOwnZone();
    const parts = sameZone
      ? [date.getFullYear(), date.getMonth() + 1, date.getDate(), date.getHours(), date.getMinutes(), date.getSeconds()]
      : Utilities.formatDate(date, SpreadsheetApp.getActive().getSpreadsheetTimeZone(), "yyyy-M-d-H-m-s").split("-").map(Number);
    return day(parts[0], parts[1], parts[2]) + (parts[3] * 3600 + parts[4] * 60 + parts[5]) / 86400;
  }
  function inOwnZone() {
    try {
      return SpreadsheetApp.getActive().getSpreadsheetTimeZone() === Session.getScriptTimeZone();
    } catch (error) {
      return false; // where a cell's function may not ask for the script's zone, each date is asked for
    }
  }
  const day = (y, m, d) => Date.UTC(y, m - 1, d) / 864e5 + 25569;
  function dateInText(cell) {
    const found = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(cell) || /^(\d{1,2})-(\d{1,2})-(\d{4})$/.exec(cell);
    if (!found) return cell;
    const [y, m, d] = (found[1].length === 4 ? found.slice(1) : found.slice(1).reverse()).map(Number);
    const made = new Date(Date.UTC(y, m - 1, d));
    return made.getUTCMonth() === m - 1 && made.getUTCDate() === d ? day(y, m, d) : cell;
  }
  function given(cell, isDate) {
    if (isRows(cell)) return single(rowsOf(cell.length && isRows(cell[0]) ? cell : cell.map((x) => [x])).map((row) => row.map((x) => { const made = given(x, isDate); return made === undefined ? "" : made; })));
    if (cell === null || cell === undefined) return undefined;
    if (Object.prototype.toString.call(cell) === "[object Date]") return serial(cell);
    if (typeof cell === "number") return checked(cell);
    if (typeof cell !== "string") return cell;
    const trimmed = cell.trim();
    return FAULTS[trimmed] || (isDate ? dateInText(trimmed) : cell);
  }
  // kinds: of each argument a letter, in capitals where it may be left out; d is a date
  function answer(kinds, args, formula, reasons) {
    const cells = kinds.split("").map((kind, i) => {
      const made = given(args[i], kind.toLowerCase() === "d");
      return made === undefined && kind === kind.toLowerCase() ? "" : made;
    });
    if (args.length > kinds.length) throw new Error(`${VALUE.dutch}: er staan meer argumenten dan de functie heeft.`);
    const made = single(formula(...cells));
    if (isFault(made)) throw new Error(`${made.dutch}: ${reasons[made.text] || "zie de uitleg van de functie"}.`);
    return isRows(made) ? made.map((row) => row.map((cell) => (isFault(cell) ? NaN : cell))) : made;
  }
  return { K, answer };
})();
