//! Inputs: bytes from a file or standard input, to a catalog, answers or a workbook.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use secref::answers::merge::{Prefer, merge, on_other_sheets};
use secref::answers::{Answer, AnswerField, Answers, Conflict, Read};
use secref::catalog::edition::{self, EditionFacts};
use secref::catalog::{Catalog, Field, ItemKey, Source, json};
use secref::diagnostic::{Diagnostic, Failure, Severity};
use secref::import::AnswerOptions;
use secref::import::crosswalk::{self, Crosswalk};
use secref::import::decisions::Decisions;
use secref::template::{self, BindOptions, Binding, Template};
use secref::text::fold::heading_key;
use secref::text::hash::sha256_hex;
use secref::workbook::{self, Format, Limits, ReadOptions, Workbook};

use super::args::{AnswerFileArgs, AnswersArgs, ReadArgs};
use super::context::{Context, Result};
use super::output::{because, is_standard, shown};

/// A file as read.
pub(crate) struct InputFile {
    /// Name without folders; `-` for standard input.
    pub(crate) name: Arc<str>,
    /// The content.
    pub(crate) bytes: Vec<u8>,
}

impl InputFile {
    /// SHA-256 of the content.
    pub(crate) fn sha256(&self) -> String {
        sha256_hex(&self.bytes)
    }

    /// Says whether the content is JSON, by its first byte that is no blank.
    pub(crate) fn is_json(&self) -> bool {
        let text = self.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.bytes);
        // `{\\` begins a document in RTF.
        text.trim_ascii_start().starts_with(b"{") && !text.trim_ascii_start().starts_with(b"{\\")
    }

    /// Says whether the content is a package, as workbooks of today are.
    pub(crate) fn is_package(&self) -> bool {
        self.bytes.starts_with(b"PK")
    }

    /// The content as UTF-8.
    pub(crate) fn text(&self) -> Result<&str> {
        let text = self.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.bytes);
        std::str::from_utf8(text).map_err(|_| Failure::from(Diagnostic::error("input-not-utf8").in_file(&self.name)))
    }
}

/// Reads a file or, for `-`, standard input.
pub(crate) fn file(path: &Path) -> Result<InputFile> {
    let read = if is_standard(path) { standard_input() } else { std::fs::read(path) };
    let name: Arc<str> = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into();
    match read {
        Ok(bytes) => Ok(InputFile { name, bytes }),
        Err(_) if path.is_dir() => Err(Diagnostic::error("input-is-folder").arg("file", shown(path)).into()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(Diagnostic::error("input-missing").arg("file", shown(path)).into())
        }
        Err(error) => Err(because(Diagnostic::error("input-unreadable").arg("file", shown(path)), &error).into()),
    }
}

/// What stands on standard input, which can be read once; whoever asks again gets the same.
fn standard_input() -> std::io::Result<Vec<u8>> {
    static READ: OnceLock<Vec<u8>> = OnceLock::new();
    if let Some(bytes) = READ.get() {
        return Ok(bytes.clone());
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(READ.get_or_init(|| bytes).clone())
}

/// A reference, and the workbook it was read from unless it was a catalog JSON.
pub(crate) struct Reference {
    pub(crate) file: InputFile,
    pub(crate) catalog: Catalog,
    pub(crate) bound: Option<(Workbook, Binding)>,
    /// Whether it is no reference but answers to one: our own answer format, or the deliverable's layout.
    pub(crate) is_answers: bool,
    /// How its tables were looked for.
    pub(crate) layout: BindOptions,
    /// The reading flags that were given and have no effect on this kind of file.
    idle_flags: Vec<&'static str>,
}

impl Reference {
    /// What is odd about this file being given as a reference.
    pub(crate) fn oddities(&self) -> Vec<Diagnostic> {
        let flags: Vec<String> = self.idle_flags.iter().map(|&flag| flag.to_owned()).collect();
        let is_text = self.bound.as_ref().is_some_and(|(workbook, _)| is_delimited(workbook));
        let kind = if self.bound.is_none() {
            "catalog"
        } else if is_text {
            "text"
        } else {
            "workbook"
        };
        let idle = Diagnostic::warning("read-flags-idle").arg("flags", flags).arg("kind", kind);
        let says_nothing = self.catalog.items.iter().all(|item| item.conformity.is_none());
        let answers = Diagnostic::warning("reference-is-answers");
        let all = [(!self.idle_flags.is_empty(), idle), (self.is_answers && says_nothing, answers)];
        all.into_iter().filter(|(holds, _)| *holds).map(|(_, said)| said).collect()
    }
}

fn is_delimited(workbook: &Workbook) -> bool {
    matches!(workbook.format, Format::Csv | Format::Tsv)
}

/// Reads a reference, and reports what reading it had to say.
pub(crate) fn reference(path: &Path, args: &ReadArgs, context: &mut Context) -> Result<Reference> {
    let reference = reference_silently(path, args, context)?;
    if reference.is_answers && reference.bound.is_none() {
        return Err(Failure::from(Diagnostic::error("input-is-answers")).in_file(&reference.file.name));
    }
    context.report_in(&reference.file.name, &reference.oddities());
    context.report_in(&reference.file.name, &reference.catalog.diagnostics);
    Ok(reference)
}

/// Reads a reference; what reading it had to say stands in its catalog.
pub(crate) fn reference_silently(path: &Path, args: &ReadArgs, context: &Context) -> Result<Reference> {
    let file = file(path)?;
    let named = |failure: Failure| failure.in_file(&file.name);
    if is_answer_format(&file) {
        return Ok(Reference {
            file,
            catalog: Catalog::default(),
            bound: None,
            is_answers: true,
            layout: BindOptions::default(),
            idle_flags: Vec::new(),
        });
    }
    if file.is_json() {
        let catalog = json::from_json(file.text()?).map_err(named)?;
        let idle_flags = args.given();
        return Ok(Reference {
            file,
            catalog,
            bound: None,
            is_answers: false,
            layout: BindOptions::default(),
            idle_flags,
        });
    }
    let workbook = workbook(&file, args, context)?;
    let layout = bind_options(args)?;
    let binding = template::bind(&workbook, &layout).map_err(named)?;
    let source = Source { file: file.name.to_string(), sha256: file.sha256(), sheets: Vec::new() };
    let catalog = secref::import::catalog(&workbook, &binding, source).map_err(named)?;
    let is_answers = match binding.template.name.as_deref() {
        Some("self-check") => true,
        Some(_) => false,
        None => secref::import::is_answer_table(&workbook),
    };
    let idle = |flag: &&str| (*flag == "--encoding") != is_delimited(&workbook);
    let idle_flags = args.given().into_iter().filter(|flag| FILE_FLAGS.contains(flag)).filter(idle).collect();
    Ok(Reference { file, catalog, bound: Some((workbook, binding)), is_answers, layout, idle_flags })
}

/// Says whether a path stands for the side of a file that came or went, as git hands it to a difftool.
pub(crate) fn is_no_file(path: &Path) -> bool {
    path == Path::new("/dev/null") || path.as_os_str().eq_ignore_ascii_case("nul")
}

/// An edition without items, laid out as the other one.
pub(crate) fn no_edition_beside(other: &Reference) -> Reference {
    let name: Arc<str> = Arc::from("/dev/null");
    let source = Source { file: name.to_string(), ..Source::default() };
    let fields = other.catalog.fields.clone();
    let catalog = Catalog { source, fields, ..Catalog::default() };
    let file = InputFile { name, bytes: Vec::new() };
    Reference {
        file,
        catalog,
        bound: None,
        is_answers: other.is_answers,
        layout: BindOptions::default(),
        idle_flags: Vec::new(),
    }
}

/// Says whether a file is of our own answer formats, JSON or YAML.
fn is_answer_format(file: &InputFile) -> bool {
    let extension = Path::new(&*file.name).extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let is_yaml = matches!(extension.as_deref(), Some("yaml" | "yml"));
    is_yaml || (file.is_json() && secref::answers::json::from_json(&file.bytes).is_ok())
}

/// Reads answers as a catalog, for comparing them the way two editions are compared.
pub(crate) fn answers_as_reference(
    path: &Path,
    args: &AnswerFileArgs,
    context: &Context,
) -> Result<(Reference, Answers)> {
    let (file, read) = answer_file(path, None, args, context)?;
    let source = Source { file: file.name.to_string(), sha256: file.sha256(), sheets: Vec::new() };
    let mut catalog = secref::answers::compared::as_catalog(&read.answers, source);
    catalog.diagnostics = read.diagnostics;
    let layout = BindOptions::default();
    Ok((Reference { file, catalog, bound: None, is_answers: true, layout, idle_flags: Vec::new() }, read.answers))
}

/// Flags about the file as such, each for files of another kind: texts, and workbooks.
const FILE_FLAGS: [&str; 2] = ["--encoding", "--password-env"];

/// Reads a workbook or delimited text.
pub(crate) fn workbook(file: &InputFile, args: &ReadArgs, context: &Context) -> Result<Workbook> {
    let options = read_options(args, context)?;
    let _progress = context.reading(&file.name);
    workbook::read(&file.bytes, &file.name, &options).map_err(|failure| failure.in_file(&file.name))
}

fn read_options(args: &ReadArgs, context: &Context) -> Result<ReadOptions> {
    let password = match &args.password_env {
        Some(name) => match std::env::var(name) {
            Ok(password) => Some(password),
            Err(_) => return Err(Diagnostic::error("password-variable-unset").arg("name", name.as_str()).into()),
        },
        None => None,
    };
    Ok(ReadOptions { limits: limits(context), encoding: args.encoding.clone(), password })
}

pub(crate) fn limits(context: &Context) -> Limits {
    let asked = &context.limits;
    let default = Limits::default();
    Limits {
        part_bytes: asked.limit_part_bytes.unwrap_or(default.part_bytes),
        total_bytes: asked.limit_total_bytes.unwrap_or(default.total_bytes),
        ratio: asked.limit_ratio.unwrap_or(default.ratio),
        cells: asked.limit_cells.unwrap_or(default.cells),
        merges: asked.limit_merges.unwrap_or(default.merges),
        rows: asked.limit_rows.unwrap_or(default.rows),
    }
}

/// Turns the reading flags into bind options, loading the template they name.
pub(crate) fn bind_options(args: &ReadArgs) -> Result<BindOptions> {
    let template = args.template.as_deref().map(template_named).transpose()?;
    Ok(BindOptions { template, sheets: args.sheet.clone(), header_row: args.header_row, fields: args.field.clone() })
}

/// Finds a built-in template by name, or reads the file of that name.
pub(crate) fn template_named(name: &str) -> Result<Arc<Template>> {
    if let Some(found) = template::builtin(name) {
        return Ok(found);
    }
    let path = PathBuf::from(name);
    if !path.exists() {
        return Err(template_unknown(name));
    }
    let file = file(&path)?;
    let text = file.text().map_err(|_| Failure::from(Diagnostic::error("template-not-text")).in_file(&file.name))?;
    template::parse(text, &file.name).map(Arc::new).map_err(|failure| failure.in_file(&file.name))
}

/// The failure for a template that is neither built in nor a file, with the name that was probably meant.
pub(crate) fn template_unknown(name: &str) -> Failure {
    let known: Vec<String> = template::builtin_names().map(str::to_owned).collect();
    let nearest = secref::text::suggest::nearest(name, template::builtin_names()).unwrap_or("none");
    Diagnostic::error("template-unknown").arg("name", name).arg("nearest", nearest).arg("known", known).into()
}

/// Reads answer files and takes them together in the order given. Without `--prefer`, two different answers for one
/// field are a failure that lists them all; what it decides is said, and stays in [`Answers::conflicts`].
pub(crate) fn answers(
    paths: &[PathBuf],
    reference: Option<&Reference>,
    args: &AnswersArgs,
    context: &mut Context,
) -> Result<Answers> {
    let mut parts = Vec::new();
    let mut is_for_another = false;
    for path in paths {
        let (file, read) = answer_file(path, reference, &args.file, context)?;
        let read = read.in_file(&file.name);
        context.report(&read.diagnostics);
        is_for_another |= read.diagnostics.iter().any(|said| said.code == "answers-edition");
        parts.push(read.answers);
    }
    if context.strict && (is_for_another || context.has_errors()) {
        return Err(Diagnostic::error("answers-strict").into());
    }
    let decided_before: usize = parts.iter().map(|part| part.conflicts.len()).sum();
    context.report(on_other_sheets(&parts).as_slice());
    let merged = merge(parts, args.prefer.map(Prefer::from))?;
    context.report(decided(&merged.conflicts[decided_before..]).as_slice());
    Ok(merged)
}

/// Says what `--prefer` decided: nobody would miss an answer that a later file took the place of.
fn decided(conflicts: &[Conflict]) -> Option<Diagnostic> {
    const NAMED: usize = 10;
    let heading = |conflict: &Conflict| {
        let known = AnswerField::ALL.into_iter().find(|field| field.key() == conflict.field);
        known.map_or_else(|| conflict.field.clone(), |field| field.heading().to_owned())
    };
    let named = conflicts.iter().take(NAMED).map(|conflict| format!("{} {}", conflict.key, heading(conflict)));
    let more = (conflicts.len() > NAMED).then(|| "…".to_owned());
    let warning = Diagnostic::warning("merge-decided").arg("count", conflicts.len());
    (!conflicts.is_empty()).then(|| warning.arg("items", named.chain(more).collect::<Vec<_>>()))
}

/// Reads one answer file of any format.
pub(crate) fn answer_file(
    path: &Path,
    reference: Option<&Reference>,
    args: &AnswerFileArgs,
    context: &Context,
) -> Result<(InputFile, Read)> {
    let bind = reference.map(|reference| reference.layout.clone()).unwrap_or_default();
    answer_file_of(path, reference.map(|reference| &reference.catalog), bind, args, context)
}

/// Reads one answer file for a catalog, laid out as the catalog's own workbook or as ours.
pub(crate) fn answer_file_of(
    path: &Path,
    catalog: Option<&Catalog>,
    bind: BindOptions,
    args: &AnswerFileArgs,
    context: &Context,
) -> Result<(InputFile, Read)> {
    let file = file(path)?;
    let named = |failure: Failure| failure.in_file(&file.name);
    let extension = Path::new(&*file.name).extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let structured = match extension.as_deref() {
        _ if file.is_json() => Some(secref::answers::json::from_json(&file.bytes).map_err(named)?),
        Some("yaml" | "yml") => Some(secref::answers::yaml::from_yaml(&file.bytes).map_err(named)?),
        _ => None,
    };
    let mut read = match (structured, catalog) {
        (Some(read), Some(catalog)) => secref::answers::place::place(read, catalog),
        (Some(read), None) => read,
        (None, _) => {
            let workbook = workbook(&file, &args.read_args(), context)?;
            let sheets = args.answers_sheet.clone();
            let options = AnswerOptions { catalog, sheets, header_row: args.answers_header_row, bind };
            secref::import::answers(&workbook, &options)
                .map_err(|failure| no_answers(failure, &workbook))
                .map_err(named)?
        }
    };
    let said = catalog.and_then(|catalog| secref::import::answers_edition(&read.answers, catalog));
    read.diagnostics.splice(0..0, said);
    let says_nothing = read.answers.answers.iter().all(Answer::is_blank) && read.answers.retired.is_empty();
    if says_nothing && read.diagnostics.is_empty() {
        read.diagnostics.push(Diagnostic::note("answers-blank"));
    }
    Ok((file, read))
}

/// Says of a file without answers what it is instead: a reference, or a text that was not read as it was written.
fn no_answers(failure: Failure, workbook: &Workbook) -> Failure {
    if !failure.diagnostics.iter().any(|said| said.code == "answers-no-table") {
        return failure;
    }
    let binding = template::bind(workbook, &BindOptions::default());
    let is_reference =
        binding.is_ok_and(|binding| binding.template.name.as_deref().is_some_and(|it| it != "self-check"));
    if is_reference {
        return Diagnostic::error("answers-is-reference").into();
    }
    let reading = workbook.diagnostics.iter().filter(|said| said.severity >= Severity::Warning).cloned();
    Failure { diagnostics: failure.diagnostics.into_iter().chain(reading).collect() }
}

/// Reads a crosswalk, and says which rows could not be read.
pub(crate) fn crosswalk(path: Option<&Path>, context: &mut Context) -> Result<Option<Crosswalk>> {
    let Some(path) = path else { return Ok(None) };
    let file = file(path)?;
    let workbook = workbook(&file, &ReadArgs::default(), context)?;
    let mut crosswalk = crosswalk::read(&workbook).map_err(|failure| failure.in_file(&file.name))?;
    context.report_in(&file.name, &crosswalk.diagnostics);
    crosswalk.file = Some(file.name);
    Ok(Some(crosswalk))
}

/// Reads the decisions exported from a review page, and says which could not be read.
pub(crate) fn decisions(path: Option<&Path>, context: &mut Context) -> Result<Option<Decisions>> {
    let Some(path) = path else { return Ok(None) };
    let file = file(path)?;
    let decisions = secref::import::decisions(&file.bytes).map_err(|failure| failure.in_file(&file.name))?;
    context.report_in(&file.name, &decisions.diagnostics);
    Ok(Some(decisions))
}

/// Reads the user's own item titles: any table with the items' numbers and a title column.
pub(crate) fn titles(path: Option<&Path>, catalog: &Catalog, context: &mut Context) -> Result<Vec<(ItemKey, String)>> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let titles = reference_silently(path, &ReadArgs::default(), context)?;
    // A list of titles follows no template, and nobody is to make one for it.
    let said = titles.catalog.diagnostics.iter().filter(|diagnostic| diagnostic.code != "template-none");
    context.report_in(&titles.file.name, &said.cloned().collect::<Vec<_>>());
    let file = Arc::clone(&titles.file.name);
    let column = title_column(&titles.catalog).ok_or_else(|| {
        let found: Vec<String> = titles.catalog.fields.iter().map(|field| field.label.clone()).collect();
        Failure::from(Diagnostic::error("titles-no-column").arg("found", found)).in_file(&file)
    })?;
    let found = titles.catalog.items.iter().filter_map(|item| {
        let title = item.values.get(column)?.as_ref()?.text.to_string();
        (!title.is_empty()).then(|| (item.key.clone(), title))
    });
    let (known, unknown): (Vec<_>, Vec<_>) =
        found.partition(|(key, _)| catalog.items.iter().any(|item| item.key == *key));
    if !unknown.is_empty() {
        let ids: Vec<String> = unknown.iter().map(|(key, _)| key.to_string()).collect();
        context.report_in(&file, &[Diagnostic::warning("titles-unknown").arg("count", ids.len()).arg("ids", ids)]);
    }
    if known.is_empty() {
        return Err(Failure::from(Diagnostic::error("titles-none")).in_file(&file));
    }
    Ok(known)
}

/// The column of the titles: the one every reference has, one that says so, or the only one there is.
fn title_column(catalog: &Catalog) -> Option<usize> {
    const WORDS: [&str; 6] = ["標題", "題名", "表題", "タイトル", "名称", "name"];
    let leaf = |field: &Field| heading_key(field.label.rsplit(" > ").next().unwrap_or_default());
    let fields = &catalog.fields;
    let standard = fields.iter().position(|field| &*field.key == secref::catalog::key::TITLE);
    let worded = || fields.iter().position(|field| WORDS.contains(&leaf(field).as_str()));
    standard.or_else(worded).or((fields.len() == 1).then_some(0))
}

/// What is known of the edition a reference says it is: its template's word on it, or without one its framework's.
pub(crate) fn edition_facts(catalog: &Catalog) -> Option<EditionFacts> {
    let version = catalog.edition.version.as_deref()?;
    let of_framework = || (catalog.edition.framework.as_deref() == Some("fisc")).then(edition::fisc);
    let editions = match catalog.edition.template.as_deref() {
        Some(name) => template::builtin(name)?.editions.clone(),
        None => of_framework()?,
    };
    editions.into_iter().find(|facts| facts.names.iter().any(|name| name == version))
}
