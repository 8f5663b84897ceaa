//! Groups, controls, parts, links and requirements of a small reference; `tests/export.rs` has OSCAL's own validator.

use serde_json::Value;

use super::*;
use crate::catalog::json;
use crate::render::words::Lang;

const REFERENCE: &str = r##"{
  "format": "secref-catalog", "format_version": 1,
  "edition": {"framework": "fisc", "version": "第9版改訂", "provider": "あおぞら"},
  "source": {"file": "対応 表.xlsx", "sheets": ["実務"]},
  "fields": [{"key": "major", "label": "大項目"}, {"key": "view", "label": "見解\n（抜粋）"}, {"key": "備考", "label": "備考"}],
  "groups": [{"id": "実", "title": "実務基準"}],
  "items": [
    {"id": "実1", "raw_id": "実１", "group": "実", "status": "active", "at": ["実務!A2"], "fields": {
      "major": {"text": "入退\n管理", "at": ["実務!B2"]}, "view": {"text": "管理する。\n記録する。", "at": ["実務!C2"]}},
      "citations": [{"list": "documents", "number": 1, "at": ["実務!D2"]}, {"list": "documents", "number": 7, "at": ["実務!D2"]}],
      "conformity": "対象外", "conformity_note": "設備"},
    {"id": "実2", "raw_id": "実2", "group": "実", "status": "active", "at": ["実務!A3"], "fields": {
      "備考": {"text": "なし", "at": ["実務!E3"]}}, "citations": []},
    {"id": "実3", "raw_id": "実3（欠番）", "group": "実", "status": "retired", "at": ["実務!A4"], "fields": {}, "citations": []}
  ],
  "documents": [{"number": 1, "title": "白書", "url": "https://example.com/白", "status": "active", "at": ["文書!A2"]}],
  "reports": [], "bands": [], "notes": [], "diagnostics": []
}"##;

fn written(write: fn(&Catalog, &OscalOptions<'_>) -> String) -> Value {
    let words = Words::new(Lang::Ja);
    let options = OscalOptions { last_modified: "2026-11-01T00:00:00Z", catalog_href: None, words: &words };
    serde_json::from_str(&write(&json::from_json(REFERENCE).unwrap(), &options)).unwrap()
}

#[test]
fn a_group_holds_groups_or_controls_and_never_both() {
    let document = written(super::catalog);
    let group = &document["catalog"]["groups"][0];
    assert_eq!((&group["id"], &group["title"]), (&"g-実".into(), &"実務基準".into()));
    assert!(group.get("controls").is_none());
    let titles: Vec<&Value> = group["groups"].as_array().unwrap().iter().map(|group| &group["title"]).collect();
    assert_eq!(titles, ["入退 管理", "その他"]);
    assert_eq!(group["groups"][1]["controls"].as_array().unwrap().len(), 2);
}

#[test]
fn a_level_with_its_groups_own_title_is_no_group_within_it() {
    let reference = REFERENCE.replace(r"入退\n管理", "実務基準");
    let words = Words::new(Lang::Ja);
    let options = OscalOptions { last_modified: "2026-11-01T00:00:00Z", catalog_href: None, words: &words };
    let written = super::catalog(&json::from_json(&reference).unwrap(), &options);
    let document: Value = serde_json::from_str(&written).unwrap();
    let group = &document["catalog"]["groups"][0];
    assert!(group.get("groups").is_none());
    assert_eq!(group["controls"].as_array().unwrap().len(), 3);
}

#[test]
fn an_item_is_a_control_with_its_texts_and_what_it_cites() {
    let document = written(super::catalog);
    let control = &document["catalog"]["groups"][0]["groups"][0]["controls"][0];
    assert_eq!(control["id"], "実1");
    let props: Vec<String> =
        control["props"].as_array().unwrap().iter().map(|prop| format!("{} {}", prop["name"], prop["value"])).collect();
    assert_eq!(props[..2], [r#""label" "実1""#, r#""sort-id" "2実0001""#]);
    assert_eq!(props[3], r#""conformity" "対象外""#);
    assert_eq!(control["props"][3]["remarks"], "設備");
    let part = &control["parts"][0];
    assert_eq!((&part["id"], &part["title"]), (&"実1_view".into(), &"見解 （抜粋）".into()));
    assert_eq!(part["prose"], "管理する。\n記録する。");
    // The second citation is of a document that is not in the list: nothing to link to.
    let links = control["links"].as_array().unwrap();
    let resources = document["catalog"]["back-matter"]["resources"].as_array().unwrap();
    assert_eq!(links.len(), 1);
    assert_eq!(links[0]["href"], format!("#{}", resources[1]["uuid"].as_str().unwrap()));
    assert_eq!(resources[1]["rlinks"][0]["href"], "https://example.com/%E7%99%BD");
    assert_eq!(resources[0]["rlinks"][0]["href"], "%E5%AF%BE%E5%BF%9C%20%E8%A1%A8.xlsx");
}

#[test]
fn a_retired_item_is_withdrawn_and_implements_nothing() {
    let document = written(super::catalog);
    let retired = &document["catalog"]["groups"][0]["groups"][1]["controls"][1];
    assert_eq!((&retired["title"], &retired["props"][2]["value"]), (&"欠番".into(), &"withdrawn".into()));
    let definition = &written(component_definition)["component-definition"];
    let component = &definition["components"][0];
    let requirements = component["control-implementations"][0]["implemented-requirements"].as_array().unwrap();
    let ids: Vec<&Value> = requirements.iter().map(|requirement| &requirement["control-id"]).collect();
    assert_eq!(ids, ["実1"]);
    assert_eq!(requirements[0]["description"], "対象外（設備）");
    assert_eq!(requirements[0]["statements"][0]["statement-id"], "実1_view");
    assert_eq!(component["title"], "あおぞら");
    let source = component["control-implementations"][0]["source"].as_str().unwrap();
    assert_eq!(source[1..], *definition["back-matter"]["resources"][0]["uuid"].as_str().unwrap());
}

#[test]
fn uuids_depend_on_edition_and_id_and_on_nothing_else() {
    let uuid = |document: &Value| document["catalog"]["uuid"].as_str().unwrap().to_owned();
    assert_eq!(uuid(&written(super::catalog)), uuid(&written(super::catalog)));
    let words = Words::new(Lang::En);
    let options = OscalOptions { last_modified: "2027-01-01T00:00:00Z", catalog_href: Some("c.json"), words: &words };
    let mut other = json::from_json(REFERENCE).unwrap();
    other.items.clear();
    let same: Value = serde_json::from_str(&super::catalog(&other, &options)).unwrap();
    assert_eq!(uuid(&same), uuid(&written(super::catalog)));
    other.edition.version = Some("第9版".to_owned());
    let next: Value = serde_json::from_str(&super::catalog(&other, &options)).unwrap();
    assert_ne!(uuid(&next), uuid(&same));
}
