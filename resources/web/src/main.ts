// Opens the document whose address this page has.
import * as Y from 'yjs'
import { placeOf } from './place.ts'
import { Copies } from './session/copies.ts'
import { contentRootOf } from './session/content_root.ts'
import { DocumentMeta } from './session/document_meta.ts'
import { Entrance, type Role } from './session/entrance.ts'
import { keepPage } from './session/kept_page.ts'
import { LocalCopy } from './session/local_copy.ts'
import { RoomSession } from './session/room_session.ts'
import { loadSelf } from './session/self.ts'
import { DocumentPage } from './view/document_page.ts'
import { showGate, type GateAction } from './view/gate.ts'
import { saveFile } from './view/save_file.ts'

/** Writing comes first, in milliseconds. */
const keepDelay = 2_000

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
  const open = (role: Role): void => {
    const session = new RoomSession(place, doc, copy, loadSelf(storageOf()), role, entrance)
    session.roleChanged.listen(() => { copies.role = session.role })
    new DocumentPage(session, place, copies, storageOf())
    session.connect()
    setTimeout(() => { void keepPage() }, keepDelay)
  }
  switch (answer.kind) {
    case 'open':
      copies.role = answer.role
      open(answer.role)
      break
    case 'refused':
      showGate(answer.title, answer.sentence, actionsForCopy(doc))
      break
    case 'unreachable': {
      // Whoever was let in before goes on with the copy; the server looks again when it is there.
      const { role } = copies
      if (role !== null && doc.store.clients.size > 0) {
        open(role)
        break
      }
      showGate('The server does not answer.', 'Check your connection and try again.',
        [{ label: 'Try again', run: () => { location.reload() } }, ...actionsForCopy(doc)])
    }
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
