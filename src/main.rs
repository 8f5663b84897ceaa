//! The `secref` command: see `cli`.

#![warn(unreachable_pub)]

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
