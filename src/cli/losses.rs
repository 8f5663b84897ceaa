//! What would be lost where `--force` overwrites a file that answers stand in: said before anything is written.

use std::collections::BTreeSet;
use std::path::Path;

use secref::answers::{Answer, AnswerField, Answers};
use secref::catalog::Catalog;
use secref::diagnostic::Diagnostic;
use secref::template::BindOptions;

use super::args::AnswerFileArgs;
use super::context::Context;
use super::{input, output};

/// How many items are named.
const NAMED: usize = 10;

/// Warns of the answers in a file that is about to be overwritten and that the new answers do not have.
///
/// A file that is not there, or holds no answers, loses none.
pub(crate) fn say(target: &Path, new: &Answers, catalog: Option<&Catalog>, context: &mut Context) {
    if output::is_standard(target) || !target.is_file() {
        return;
    }
    let (own, args) = (BindOptions::default(), AnswerFileArgs::default());
    let Ok((_, read)) = input::answer_file_of(target, catalog, own, &args, context) else { return };
    let lost = lost(&read.answers, new);
    if lost.is_empty() {
        return;
    }
    let more = if lost.len() > NAMED { vec!["…".to_owned()] } else { Vec::new() };
    let named: Vec<String> = lost.iter().take(NAMED).cloned().chain(more).collect();
    let warning = Diagnostic::warning("output-replaces-answers").arg("file", output::shown(target));
    context.report(&[warning.arg("count", lost.len()).arg("items", named)]);
}

/// The items whose answers say something that the new ones do not.
fn lost(old: &Answers, new: &Answers) -> Vec<String> {
    // What an answer says under a number that is gone may stand under another one.
    let said: BTreeSet<(AnswerField, String)> =
        new.answers.iter().chain(&new.retired).flat_map(texts).map(|(_, field, text)| (field, text)).collect();
    let by_key = new.by_key();
    let is_lost = |answer: &&Answer| {
        texts(answer).any(|(answer, field, text)| match by_key.get(&answer.key) {
            Some(other) => other.text(field) != text,
            None => !said.contains(&(field, text)),
        })
    };
    old.answers.iter().filter(is_lost).map(|answer| answer.key.to_string()).collect()
}

/// What an answer says in the fields that people fill in.
fn texts(answer: &Answer) -> impl Iterator<Item = (&Answer, AnswerField, String)> {
    use AnswerField::{AnsweredEdition, ChangedText, Recheck, RecheckReason};
    let ours = |field: &AnswerField| matches!(field, AnsweredEdition | ChangedText | Recheck | RecheckReason);
    let fields = AnswerField::ALL.into_iter().filter(move |field| !ours(field));
    let texts = fields.map(move |field| (answer, field, answer.text(field)));
    texts.filter(|(_, _, text)| !text.is_empty())
}
