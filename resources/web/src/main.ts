// Opens the document whose address this page has.
import * as Y from 'yjs'
import { placeOf, type Place } from './place.ts'
import { Copies } from './session/copies.ts'
import { contentRootOf } from './session/content_root.ts'
import { Entrance, type Role } from './session/entrance.ts'
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
  const answer = await entrance.enter()
  switch (answer.kind) {
    case 'open':
      await open(place, entrance, copies, answer.role)
      break
    case 'refused':
      showGate(answer.title, answer.sentence, await actionsForCopy(copies))
      break
    case 'unreachable':
      showGate('The server does not answer.', 'Check your connection and try again.',
        [{ label: 'Try again', run: () => { location.reload() } }, ...await actionsForCopy(copies)])
  }
}

async function open (place: Place, entrance: Entrance, copies: Copies, role: Role): Promise<void> {
  const doc = new Y.Doc()
  const copy = await LocalCopy.open(copies.current, doc)
  const storage = storageOf()
  const session = new RoomSession(place, doc, copy, loadSelf(storage), role, entrance)
  new DocumentPage(session, place, copies, storage)
  session.connect()
}

/** What was written here stays within reach when the document is not. */
async function actionsForCopy (copies: Copies): Promise<GateAction[]> {
  const databases = await indexedDB.databases().catch(() => [])
  if (!databases.some(({ name }) => name === copies.current)) return []
  const doc = new Y.Doc()
  await LocalCopy.open(copies.current, doc)
  const text = doc.getText(contentRootOf(doc)).toString()
  if (text === '') return []
  const title: unknown = doc.getMap('meta').get('title')
  return [{
    label: 'Save the copy in this browser as a file',
    run: () => { saveFile(typeof title === 'string' ? title : '', text) }
  }]
}

void start()
