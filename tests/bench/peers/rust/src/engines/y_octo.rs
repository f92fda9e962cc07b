use y_octo::{Doc, DocOptions};

use crate::engine::{Engine, Format, Updates};
use crate::input::{Trace, FIRST_WRITER, READER};

pub struct YOcto;

fn open(client: u64) -> Doc {
    DocOptions::new().with_client_id(client).build()
}

impl Engine for YOcto {
    type Document = Doc;
    const READS_YJS: bool = true;
    const HAS_V2: bool = false;

    /// It has no transactions, and tells no update of an edit: what changed since a state vector is
    /// the nearest that it has, and brings all deletions each time.
    fn replay(trace: &Trace, updates: Option<&Updates>) -> Doc {
        let document = open(FIRST_WRITER);
        let mut text = document.get_or_create_text("text").expect("a text");
        for edit in trace.all_edits() {
            let before = updates.map(|_| document.get_state_vector());
            if edit.removed > 0 {
                text.remove(edit.position as u64, edit.removed as u64)
                    .expect("a range of the text");
            }
            if !edit.inserted.is_empty() {
                text.insert(edit.position as u64, &edit.inserted)
                    .expect("a place in the text");
            }
            if let (Some(updates), Some(before)) = (updates, before) {
                updates.take(
                    &document
                        .encode_state_as_update_v1(&before)
                        .expect("an update"),
                );
            }
        }
        document
    }

    fn apply(updates: &[Vec<u8>]) -> Doc {
        let mut document = open(READER);
        for update in updates {
            document
                .apply_update_from_binary_v1(update)
                .expect("an update");
        }
        document
    }

    fn load(state: &[u8], _format: Format) -> Doc {
        let mut document = open(READER);
        document
            .apply_update_from_binary_v1(state)
            .expect("a state");
        document
    }

    fn encode(document: &mut Doc, _format: Format) -> Vec<u8> {
        document.encode_update_v1().expect("a state")
    }

    fn text(document: &Doc) -> String {
        document
            .get_or_create_text("text")
            .expect("a text")
            .to_string()
    }
}
