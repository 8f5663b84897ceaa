// The page comes alive: decisions beside the items, folded texts, keys.
document.documentElement.classList.add('js');

// Decisions.
function addDecision(record) {
  const decision = byId('decision').content.cloneNode(true).firstElementChild;
  const number = record.element.dataset.n;
  decision.querySelector('legend').textContent = say('state', { id: record.name });
  for (const state of STATES) {
    const label = document.createElement('label');
    const radio = Object.assign(document.createElement('input'), { type: 'radio', name: `state-${number}`, value: state });
    const word = document.createElement('span');
    word.textContent = say(state);
    label.append(radio, word);
    decision.querySelector('.states').append(label);
  }
  decision.querySelector('.note-open').textContent = say('note');
  decision.querySelector('.note .sr').textContent = say('note-label', { id: record.name });
  const header = record.element.querySelector('header');
  if (header === null) record.element.append(decision);
  else header.querySelector('h4').after(decision);
  record.decision = decision;
}

function showDecision(record) {
  const { decision, state, note } = record;
  record.element.dataset.state = state;
  decision.querySelector(`[value=${state}]`).checked = true;
  const area = decision.querySelector('textarea');
  if (area.value !== note) area.value = note;
  if (note !== '') openNote(record, true);
}

function openNote(record, isOpen) {
  record.decision.querySelector('.note').hidden = !isOpen;
  record.decision.querySelector('.note-open').setAttribute('aria-expanded', String(isOpen));
}

const reviewables = records.filter((record) => record.isReviewable);

function showDecisions() {
  reviewables.forEach(showDecision);
  showProgress();
  filter();
}

function showProgress() {
  const due = reviewables.filter((record) => record.isStop || record.isRecheck);
  const count = Object.fromEntries(STATES.map((state) => [state, due.filter((record) => record.state === state).length]));
  byId('progress').textContent = say('progress', count);
  const bar = byId('progress-bar');
  bar.max = Math.max(due.length, 1);
  bar.value = due.length - count.open;
}

// A decision never takes the item away under the reader's hand: the state filter is asked again at the next filtering.
function decide(record, changes) {
  Object.assign(record, changes);
  showDecision(record);
  showProgress();
  save();
}

const recordOfElement = new Map(records.map((record) => [record.element, record]));
const recordAt = (node) => recordOfElement.get(node.closest?.('[data-n]')) ?? null;

byId('items').addEventListener('change', (event) => {
  if (event.target.matches('.states input')) decide(recordAt(event.target), { state: event.target.value });
});
byId('items').addEventListener('input', (event) => {
  if (event.target.matches('textarea')) decide(recordAt(event.target), { note: event.target.value });
});
byId('items').addEventListener('click', (event) => {
  const record = recordAt(event.target);
  if (event.target.matches('.note-open')) {
    const isOpen = record.decision.querySelector('.note').hidden;
    openNote(record, isOpen);
    if (isOpen) record.decision.querySelector('textarea').focus();
  } else if (event.target.matches('.more')) {
    event.target.closest('.field').classList.add('unfolded');
  }
});

byId('export').addEventListener('click', exportReview);
byId('import').addEventListener('click', () => byId('import-file').click());
byId('import-file').addEventListener('change', async (event) => {
  const [file] = event.target.files;
  if (file !== undefined) await importReview(file);
  event.target.value = '';
});
byId('clear').addEventListener('click', () => {
  if (!confirm(say('clear-ask'))) return;
  for (const record of reviewables) {
    Object.assign(record, { state: 'open', note: '' });
    openNote(record, false);
  }
  save();
  showDecisions();
  byId('message').textContent = say('cleared');
});
addEventListener('storage', (event) => {
  if (event.key !== STORE && event.key !== null) return;
  load();
  showDecisions();
  byId('message').textContent = say('other-tab');
});
addEventListener('beforeunload', (event) => {
  if (isUnsaved) event.preventDefault();
});

// Long unchanged texts.
for (const skip of document.querySelectorAll('.skip')) {
  const more = Object.assign(document.createElement('button'), { type: 'button', className: 'more' });
  more.textContent = say('more', { count: skip.dataset.chars });
  skip.before(more);
}
byId('show-fold').checked = true;

// What the reader asks to see, as classes of the root.
function showViews() {
  const boxes = { inline: 'view-inline', notation: 'show-notation', fold: 'show-fold', marks: 'show-marks' };
  for (const [name, id] of Object.entries(boxes)) document.documentElement.classList.toggle(name, byId(id)?.checked ?? false);
}
form.addEventListener('change', showViews);
showViews();

// Filters.
let waiting = 0;
search.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(filter, records.length > 400 ? 150 : 60);
});
form.addEventListener('change', (event) => {
  if (event.target.matches('[data-facet], #show-notation')) filter();
});
form.addEventListener('submit', (event) => event.preventDefault());
byId('reset-all').addEventListener('click', resetFilters);
byId('reset-empty').addEventListener('click', resetFilters);
byId('notation-show')?.addEventListener('click', () => {
  byId('show-notation').checked = true;
  showViews();
  filter();
  byId('items').focus();
});

// Moving about.
let current = null;
const stops = () => records.filter((record) => record.isStop && record.isShown);

function goTo(record) {
  current = record;
  record.run?.setAttribute('open', '');
  record.element.focus({ preventScroll: true });
  record.element.scrollIntoView({ block: 'start' });
}

function step(by, isWanted = () => true) {
  const place = (recordAt(document.activeElement) ?? current)?.place ?? -1;
  const list = stops().filter(isWanted);
  const next = by > 0 ? list.find((record) => record.place > place) : list.findLast((record) => record.place < place);
  if (next !== undefined) goTo(next);
  else if (list.length === 0) byId('message').textContent = say('focus-none');
}

function leaveSearch() {
  clearTimeout(waiting);
  filter();
  const list = stops();
  if (current !== null && current.isShown) goTo(current);
  else if (list.length > 0) goTo(list[0]);
  else byId('items').focus();
}

function enterSearch() {
  const named = records.find((record) => record.isShown && fold(record.name) === queryOf(search.value).phrase);
  current = named ?? null;
  leaveSearch();
}

search.addEventListener('keydown', (event) => {
  if (event.isComposing) return;
  if (event.key === 'Escape') leaveSearch();
  else if (event.key === 'Enter') enterSearch();
  else return;
  event.preventDefault();
  event.stopPropagation();
});

function switchView() {
  const other = form.querySelector('[name=view]:not(:checked)');
  if (other !== null) other.checked = true;
  showViews();
}

const inHand = () => recordAt(document.activeElement);

function decideByKey(state) {
  const record = inHand();
  if (record?.isReviewable) decide(record, { state });
}

function noteByKey() {
  const record = inHand();
  if (!record?.isReviewable) return;
  openNote(record, true);
  record.decision.querySelector('textarea').focus();
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  n: () => step(1, (record) => record.state === 'open'),
  '/': () => { byId('filter').querySelector('details.choices').open = true; search.focus(); search.select(); },
  '?': () => byId('help').showModal(),
  1: () => decideByKey('open'),
  2: () => decideByKey('ok'),
  3: () => decideByKey('rework'),
  m: noteByKey,
  v: switchView,
};

function isTyping(node) {
  return node.matches('textarea, select, [contenteditable]') || node.matches('input:not([type=radio], [type=checkbox])');
}

addEventListener('keydown', (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || byId('help').open) return;
  if (isTyping(event.target)) {
    if (event.key === 'Escape' && event.target.matches('textarea')) recordAt(event.target)?.element.focus();
    return;
  }
  if (!byId('keys-on').checked && event.key !== '?') return;
  const act = KEYS[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
});
byId('keys').addEventListener('click', () => byId('help').showModal());
byId('items').addEventListener('focusin', (event) => {
  current = recordAt(event.target) ?? current;
});

// A link to an item shows it, whatever the filters hide.
function followHash() {
  const record = records.find((record) => `#${record.element.id}` === location.hash);
  if (record === undefined) return;
  if (!record.isShown) resetFilters();
  if (!record.isShown) byId('show-notation').checked = true;
  showViews();
  filter();
  goTo(record);
}
addEventListener('hashchange', followHash);

reviewables.forEach(addDecision);
load();
showDecisions();
if (matchMedia('(max-width: 60rem)').matches) form.querySelector('details.choices').open = false;
followHash();
