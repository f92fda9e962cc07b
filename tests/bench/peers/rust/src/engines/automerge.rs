use automerge::transaction::Transactable;
use automerge::{ActorId, AutoCommit, Change, ObjId, ObjType, ReadDoc, TextEncoding, ROOT};

use crate::engine::{Engine, Format, Updates};
use crate::input::{Edit, Trace, FIRST_WRITER, READER};

pub struct Automerge;

fn actor(number: u64) -> ActorId {
    ActorId::from((number as u32).to_be_bytes())
}

/// Replicas only understand each other when the object that holds the text is the same one.
fn base() -> AutoCommit {
    let mut document = AutoCommit::new_with_encoding(TextEncoding::UnicodeCodePoint);
    document.set_actor(actor(0));
    document
        .put_object(ROOT, "text", ObjType::Text)
        .expect("an object");
    document.commit();
    document
}

fn open(base: &mut AutoCommit, client: u64) -> AutoCommit {
    base.fork().with_actor(actor(client))
}

fn text_of(document: &AutoCommit) -> ObjId {
    document
        .get(ROOT, "text")
        .expect("a document")
        .expect("that has a text")
        .1
}

fn make(document: &mut AutoCommit, text: &ObjId, edit: &Edit) {
    let removed = edit.removed as isize;
    document
        .splice_text(text, edit.position, removed, &edit.inserted)
        .expect("a place in the text");
    document.commit();
}

fn last_update(document: &mut AutoCommit) -> Vec<u8> {
    document
        .get_last_local_change()
        .expect("a change")
        .raw_bytes()
        .to_vec()
}

impl Engine for Automerge {
    type Document = AutoCommit;
    const READS_YJS: bool = false;

    fn replay(trace: &Trace, updates: Option<&Updates>) -> AutoCommit {
        let mut document = open(&mut base(), FIRST_WRITER);
        let text = text_of(&document);
        for edit in trace.all_edits() {
            make(&mut document, &text, edit);
            if let Some(updates) = updates {
                updates.take(&last_update(&mut document));
            }
        }
        document
    }

    fn updates_of_writers(trace: &Trace) -> Vec<Vec<u8>> {
        let mut base = base();
        let text = text_of(&base);
        let mut updates = Vec::new();
        let mut document = base.fork();
        for (writer, edit) in trace.edits_of_writers() {
            if trace.at_once {
                document = base.fork();
            }
            document.set_actor(actor(FIRST_WRITER + writer));
            make(&mut document, &text, edit);
            updates.push(last_update(&mut document));
        }
        updates
    }

    fn apply(updates: &[Vec<u8>]) -> AutoCommit {
        let mut document = open(&mut base(), READER);
        for update in updates {
            let change = Change::from_bytes(update.clone()).expect("an update");
            document
                .apply_changes([change])
                .expect("an update that fits");
        }
        document
    }

    fn load(state: &[u8], _format: Format) -> AutoCommit {
        AutoCommit::load(state).expect("a state")
    }

    fn encode(document: &mut AutoCommit, _format: Format) -> Vec<u8> {
        document.save()
    }

    fn text(document: &AutoCommit) -> String {
        document.text(&text_of(document)).expect("a text")
    }
}
