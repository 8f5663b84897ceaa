// What people decide about the items: kept in this browser, written to a file and read from one.
const CONFIG = JSON.parse(document.getElementById('config').textContent);
const FORMAT = 'secref-review';
const VERSION = 1;
const STATES = ['open', 'ok', 'rework'];
const STORE = `secref-review/${CONFIG.review}`;

const byId = (id) => document.getElementById(id);

function say(name, facts = {}) {
  return CONFIG.words[name].replace(/%(\w+)%/g, (whole, fact) => (fact in facts ? String(facts[fact]) : whole));
}

// Everything that stands on the page as an item, in order.
const records = Array.from(document.querySelectorAll('[data-n]'), (element, place) => {
  const { dataset } = element;
  const side = (which) => (dataset[`${which}Id`] === undefined ? null : dataset[`${which}Id`]);
  return {
    element,
    place,
    change: dataset.change,
    severity: dataset.severity,
    group: dataset.group,
    flags: (dataset.flags ?? '').split(' '),
    marks: (dataset.marks ?? '').split(' '),
    columns: (dataset.columns ?? '').split(' '),
    isRecheck: dataset.recheck !== undefined,
    isReviewable: dataset.review !== undefined,
    isStop: dataset.stop !== undefined,
    run: element.closest('details.run'),
    section: element.closest('section.group'),
    name: element.querySelector('.id').textContent,
    old_sheet: dataset.oldSheet ?? null,
    old_id: side('old'),
    new_sheet: dataset.newSheet ?? null,
    new_id: side('new'),
    fingerprint: dataset.fingerprint,
    state: 'open',
    note: '',
    key: null,
    isFound: true,
    isShown: true,
  };
});

function identity(entry) {
  return JSON.stringify([entry.old_sheet ?? null, entry.old_id ?? null, entry.new_sheet ?? null, entry.new_id ?? null]);
}

const recordOf = new Map(records.map((record) => [identity(record), record]));
// Decisions of other texts under the same two files: kept, so that no work is lost, and neither shown nor exported.
let strays = [];

function entryOf(record) {
  const keys = ['old_sheet', 'old_id', 'new_sheet', 'new_id'].filter((key) => record[key] !== null);
  const names = Object.fromEntries(keys.map((key) => [key, record[key]]));
  return { ...names, fingerprint: record.fingerprint, state: record.state, note: record.note };
}

const isDecided = (record) => record.state !== 'open' || record.note !== '';

function review(more = []) {
  const items = records.filter(isDecided).map(entryOf).concat(more);
  return { format: FORMAT, format_version: VERSION, items };
}

// Reads a review file: every entry is well formed, or the whole file is refused with the reason.
function parseReview(text) {
  let file;
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { refusal: say('import-json') };
  }
  if (file === null || typeof file !== 'object' || file.format !== FORMAT || !Array.isArray(file.items)) {
    return { refusal: say('import-format') };
  }
  if (file.format_version !== VERSION) return { refusal: say('import-version', { version: file.format_version }) };
  const seen = new Set();
  for (const [index, entry] of file.items.entries()) {
    const wrong = wrongKey(entry);
    if (wrong !== null) return { refusal: say('import-item', { number: index + 1, key: wrong }) };
    const name = identity(entry);
    if (seen.has(name)) return { refusal: say('import-twice', { number: index + 1 }) };
    seen.add(name);
  }
  return { items: file.items };
}

function wrongKey(entry) {
  if (entry === null || typeof entry !== 'object' || Array.isArray(entry)) return 'items';
  const isText = (value) => value === undefined || value === null || typeof value === 'string';
  for (const key of ['old_sheet', 'old_id', 'new_sheet', 'new_id']) if (!isText(entry[key])) return key;
  if ((entry.old_id ?? null) === null && (entry.new_id ?? null) === null) return 'new_id';
  if (typeof entry.fingerprint !== 'string' || !/^[0-9a-f]{64}$/.test(entry.fingerprint)) return 'fingerprint';
  if (!STATES.includes(entry.state)) return 'state';
  if (entry.note !== undefined && typeof entry.note !== 'string') return 'note';
  return null;
}

// Takes over the entries of a file that are about these texts; tells which are not.
function apply(items) {
  const outcome = { taken: 0, replaced: 0, unknown: [], changed: [] };
  for (const entry of items) {
    const record = recordOf.get(identity(entry));
    const name = entry.new_id ?? entry.old_id;
    if (record === undefined || !record.isReviewable) {
      outcome.unknown.push(name);
    } else if (record.fingerprint !== entry.fingerprint) {
      outcome.changed.push(name);
    } else {
      const note = entry.note ?? '';
      if (isDecided(record) && (record.state !== entry.state || record.note !== note)) outcome.replaced += 1;
      record.state = entry.state;
      record.note = note;
      outcome.taken += 1;
    }
  }
  return outcome;
}

function outcomeInWords(outcome) {
  const list = (names) => names.slice(0, 12).join(', ') + (names.length > 12 ? ' …' : '');
  const said = [outcome.taken > 0 ? say('imported', { count: outcome.taken }) : say('import-nothing')];
  if (outcome.replaced > 0) said.push(say('replaced', { count: outcome.replaced }));
  for (const [name, ids] of [['skipped-unknown', outcome.unknown], ['skipped-changed', outcome.changed]]) {
    if (ids.length > 0) said.push(say(name, { count: ids.length, ids: list(ids) }));
  }
  return said.join('\n');
}

let isUnsaved = false;

function save() {
  try {
    const kept = review(strays);
    if (kept.items.length === 0) localStorage.removeItem(STORE);
    else localStorage.setItem(STORE, JSON.stringify(kept));
    isUnsaved = false;
    byId('storage').textContent = '';
  } catch (error) {
    isUnsaved = true;
    byId('storage').textContent = say('stored-not', { reason: error.name });
  }
}

function load() {
  let stored = null;
  try {
    stored = localStorage.getItem(STORE);
  } catch (error) {
    byId('storage').textContent = say('stored-not', { reason: error.name });
  }
  for (const record of records) Object.assign(record, { state: 'open', note: '' });
  strays = [];
  if (stored === null) return;
  const { items = [] } = parseReview(stored);
  const isOurs = (entry) => recordOf.get(identity(entry))?.fingerprint === entry.fingerprint;
  strays = items.filter((entry) => !isOurs(entry));
  apply(items.filter(isOurs));
}

function exportReview() {
  const kept = review();
  const file = new Blob([`${JSON.stringify(kept, null, 2)}\n`], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'secref-review.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  isUnsaved = false;
  byId('message').textContent = say('exported', { count: kept.items.length });
}

async function importReview(file) {
  let text;
  try {
    text = await file.text();
  } catch (error) {
    byId('message').textContent = say('import-read', { reason: error.name });
    return;
  }
  const { refusal, items } = parseReview(text);
  if (refusal !== undefined) {
    byId('message').textContent = refusal;
    return;
  }
  const outcome = apply(items);
  save();
  showDecisions();
  byId('message').textContent = outcomeInWords(outcome);
}
