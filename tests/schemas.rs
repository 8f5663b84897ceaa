//! Every JSON the command writes fits the schema it prints for it.
#![allow(clippy::unwrap_used, reason = "tests, helpers included")]

mod command;

use std::path::Path;

use command::{ANSWERS, NEW, OLD, folder, path, secref};
use serde_json::Value;

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn read(path: &Path) -> Value {
    parsed(&std::fs::read_to_string(path).unwrap())
}

#[test]
fn what_is_written_fits_the_schema_that_is_printed() {
    let folder = folder();
    let (review, filled) = (path(&folder, "review"), path(&folder, "filled.xlsx"));
    let reviewed = secref(&["review", OLD, NEW, "--answers", ANSWERS, "-o", &review]);
    assert_eq!(reviewed.status, 0, "{}", reviewed.stderr);
    secref(&["fill", OLD, ANSWERS, "--into", OLD, "-o", &filled]);
    let of_review = |name: &str| read(&Path::new(&review).join(name));
    let written = [
        ("catalog", of_review("catalog-new.json")),
        ("answers", of_review("answers.json")),
        ("diff", of_review("diff.json")),
        ("manifest", of_review("manifest.json")),
        ("receipt", read(Path::new(&(filled + ".receipt.json")))),
        ("status", parsed(&secref(&["status", OLD, ANSWERS, "--format", "json"]).stdout)),
        ("check", parsed(&secref(&["check", NEW, ANSWERS, "--format", "json"]).stdout)),
    ];
    for (name, json) in written {
        let schema = parsed(&secref(&["schema", name]).stdout);
        let validator = jsonschema::validator_for(&schema).unwrap();
        let faults: Vec<String> = validator.iter_errors(&json).map(|fault| fault.to_string()).collect();
        assert_eq!(faults, [""; 0], "{name}");
        assert_eq!(json["format"], format!("secref-{name}"));
        assert_ne!(schema["properties"]["format"]["const"], Value::Null, "{name} says which format it is");
    }
}
