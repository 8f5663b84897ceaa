//! Long text for a person, through the pager of their choice; on a terminal only.
//!
//! `SECREF_PAGER`, else `PAGER`, else `less` where there is one by custom (not on Windows, whose `more` breaks Japanese
//! text and colours). An empty name or `cat` means none; a pager that cannot be started is done without.

use std::io::{IsTerminal, Write};
use std::process::{Child, Command, Stdio};

use super::context::Result;
use super::output;

/// Writes text for a person to standard output, through the pager where it does not fit the screen.
pub(crate) fn print(text: &str, wanted: bool) -> Result<()> {
    let asks = wanted && std::io::stdout().is_terminal() && !fits(text);
    if asks && let Some(pager) = chosen().and_then(|command| start(&command)) {
        return page(pager, text);
    }
    output::print(text)
}

fn fits(text: &str) -> bool {
    terminal_size::terminal_size().is_none_or(|(_, height)| text.lines().count() < usize::from(height.0))
}

/// The pager's program and its arguments.
fn chosen() -> Option<Vec<String>> {
    let named = ["SECREF_PAGER", "PAGER"].into_iter().find_map(|name| std::env::var(name).ok());
    let by_custom = || (!cfg!(windows)).then(|| "less".to_owned());
    let command: Vec<String> = named.or_else(by_custom)?.split_whitespace().map(str::to_owned).collect();
    (command.first()? != "cat").then_some(command)
}

fn start(command: &[String]) -> Option<Child> {
    let (program, arguments) = command.split_first()?;
    let mut pager = Command::new(program);
    pager.args(arguments).stdin(Stdio::piped());
    // Colours as they are, and no screen of its own for what fits.
    for (name, value) in [("LESS", "FRX"), ("LESSCHARSET", "utf-8"), ("LV", "-c")] {
        if std::env::var_os(name).is_none() {
            pager.env(name, value);
        }
    }
    pager.spawn().ok()
}

fn page(mut pager: Child, text: &str) -> Result<()> {
    if let Some(mut input) = pager.stdin.take() {
        // A reader who leaves early closes the pipe: that is no error.
        let _ = input.write_all(text.as_bytes());
    }
    let _ = pager.wait();
    Ok(())
}
