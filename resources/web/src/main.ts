// Opens the document whose address this page has.
import * as Y from 'yjs'
import { placeOf } from './place.ts'
import { Copies } from './session/copies.ts'
import { contentRootOf } from './session/content_root.ts'
import { DocumentMeta } from './session/document_meta.ts'
import { Entrance } from './session/entrance.ts'
import { LocalCopy } from './session/local_copy.ts'
import { RoomSession } from './session/room_session.ts'
import { loadSelf } from './session/self.ts'
import { DocumentPage } from './view/document_page.ts'
import { showGate, type GateAction } from './view/gate.ts'
import { saveFile } from './view/save_file.ts'

/** What is kept in this browser; null where it may not be used. */
function storageOf (): Storage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}

async function start (): Promise<void> {
  const place = placeOf(location)
  if (!place) {
    showGate('This is not the address of a shared document.', 'Open the whole link that you were sent.')
    return
  }
  const entrance = new Entrance(place)
  const copies = new Copies(place.room, storageOf())
  const doc = new Y.Doc()
  // Both take their time; neither needs the other.
  const [answer, copy] = await Promise.all([entrance.enter(), LocalCopy.open(copies.current, doc)])
  switch (answer.kind) {
    case 'open': {
      const session = new RoomSession(place, doc, copy, loadSelf(storageOf()), answer.role, entrance)
      new DocumentPage(session, place, copies, storageOf())
      session.connect()
      break
    }
    case 'refused':
      showGate(answer.title, answer.sentence, actionsForCopy(doc))
      break
    case 'unreachable':
      showGate('The server does not answer.', 'Check your connection and try again.',
        [{ label: 'Try again', run: () => { location.reload() } }, ...actionsForCopy(doc)])
  }
}

/** What was written here stays within reach when the document is not. */
function actionsForCopy (doc: Y.Doc): GateAction[] {
  const text = doc.getText(contentRootOf(doc)).toString()
  if (text === '') return []
  const { title } = new DocumentMeta(doc)
  return [{ label: 'Save the copy in this browser as a file', run: () => { saveFile(title, text) } }]
}

void start()
