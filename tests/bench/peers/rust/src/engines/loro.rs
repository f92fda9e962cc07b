use loro::{ExportMode, LoroDoc, LoroText};

use crate::engine::{Engine, Format, Updates};
use crate::input::{Edit, Trace, FIRST_WRITER, READER};

pub struct Loro;

fn open(client: u64) -> LoroDoc {
    let document = LoroDoc::new();
    document.set_peer_id(client).expect("a client");
    document
}

fn make(document: &LoroDoc, text: &LoroText, edit: &Edit) {
    if edit.removed > 0 {
        text.delete(edit.position, edit.removed)
            .expect("a range of the text");
    }
    if !edit.inserted.is_empty() {
        text.insert(edit.position, &edit.inserted)
            .expect("a place in the text");
    }
    document.commit();
}

/// Keeps the local updates of a document for as long as the document is there.
fn observe(document: &LoroDoc, updates: Updates) {
    let take = Box::new(move |update: &Vec<u8>| {
        updates.take(update);
        true
    });
    document.subscribe_local_update(take).detach();
}

impl Engine for Loro {
    type Document = LoroDoc;
    const READS_YJS: bool = false;

    fn replay(trace: &Trace, updates: Option<&Updates>) -> LoroDoc {
        let document = open(FIRST_WRITER);
        let text = document.get_text("text");
        if let Some(updates) = updates {
            observe(&document, updates.clone());
        }
        for edit in trace.all_edits() {
            make(&document, &text, edit);
        }
        document
    }

    fn updates_of_writers(trace: &Trace) -> Vec<Vec<u8>> {
        let updates = Updates::kept();
        let mut document = LoroDoc::new();
        for (i, (writer, edit)) in trace.edits_of_writers().enumerate() {
            if trace.at_once || i == 0 {
                document = LoroDoc::new();
                observe(&document, updates.clone());
            }
            document
                .set_peer_id(FIRST_WRITER + writer)
                .expect("a client");
            make(&document, &document.get_text("text"), edit);
        }
        updates.into_kept()
    }

    fn apply(updates: &[Vec<u8>]) -> LoroDoc {
        let document = open(READER);
        for update in updates {
            document.import(update).expect("an update");
        }
        document
    }

    fn load(state: &[u8], _format: Format) -> LoroDoc {
        let document = open(READER);
        document.import(state).expect("a state");
        document
    }

    fn encode(document: &mut LoroDoc, _format: Format) -> Vec<u8> {
        document.export(ExportMode::Snapshot).expect("a state")
    }

    fn text(document: &LoroDoc) -> String {
        document.get_text("text").to_string()
    }
}
