// The document on the screen: makes the parts of the page and keeps them in step with the session.
import * as Y from 'yjs'
import { Editor } from '../editor/editor.ts'
import type { Author } from '../editor/author_stripe.ts'
import type { Place } from '../place.ts'
import type { Copies } from '../session/copies.ts'
import { contentRootOf } from '../session/content_root.ts'
import { LocalCopy } from '../session/local_copy.ts'
import { Pace } from '../session/pace.ts'
import type { Presence } from '../session/presence.ts'
import type { RoomSession } from '../session/room_session.ts'
import { cleanName, freeColor, saveSelf, type Self } from '../session/self.ts'
import { Announcer } from './announcer.ts'
import { Banner } from './banner.ts'
import { bannerFor } from './banner_content.ts'
import { ChatPane } from './chat_pane.ts'
import { showComments } from './comments_pane.ts'
import { byId, paint, setText } from './elements.ts'
import { PeoplePane } from './people_pane.ts'
import { saveFile } from './save_file.ts'
import { followingSentence } from './sentences.ts'
import { StatusBar } from './status_bar.ts'
import { Tabs } from './tabs.ts'

/** How often people and the state of edits are shown anew, in milliseconds: often enough for the eye. */
const showInterval = 100

export class DocumentPage {
  private readonly banner = new Banner()
  private readonly status = new StatusBar()
  private readonly tabs = new Tabs()
  private readonly announcer = new Announcer()
  private readonly chat: ChatPane
  private readonly people: PeoplePane
  private editor: Editor | null = null
  private position = { line: 1, column: 1 }
  private readonly statePace = new Pace(showInterval, () => { this.showState() })
  private readonly peoplePace = new Pace(showInterval, () => { this.showPeople() })
  private authors = new Map<number, Author>()
  private isNameAsked: boolean
  private mayChooseColor = true
  private seenMessages: number | null = null

  constructor (
    private readonly session: RoomSession,
    private readonly place: Place,
    private readonly copies: Copies,
    private readonly storage: Storage | null
  ) {
    this.isNameAsked = !session.self.isNamed && session.mayWrite
    this.chat = new ChatPane(session)
    this.people = new PeoplePane({
      ownClient: session.doc.clientID,
      lineOf: client => client === session.doc.clientID ? this.position.line : this.editor?.lineOf(client) ?? null,
      goTo: client => { this.goTo(client) },
      self: () => session.self,
      rename: self => { this.rename(self) }
    })
    showComments(session, this.tabs, position => {
      this.toText()
      this.editor?.showPosition(position)
    })
    const link = byId<HTMLAnchorElement>('openInApp')
    link.href = place.appLink
    link.hidden = false
    this.follow()
  }

  private follow (): void {
    const { session } = this
    session.stateChanged.listen(() => {
      if (this.status.isTooGood(session.ledger)) this.showState()
      else this.statePace.request()
    })
    session.peopleChanged.listen(() => { this.peoplePace.request() })
    session.metaChanged.listen(() => { this.showMeta() })
    session.chat.changed.listen(() => { this.countMessages() })
    this.tabs.onShown(() => { this.countMessages() })
    addEventListener('beforeunload', event => {
      if (session.ledger.waiting > 0 && session.mayWrite) event.preventDefault()
    })
    this.showState()
    this.showPeople()
    this.showMeta()
  }

  private showState (): void {
    const { session, place } = this
    this.openEditor()
    this.editor?.setWriting(session.mayWrite)
    this.chat.setWriting(session.mayWrite)
    this.status.showPosition(this.position)
    this.status.showState({ ledger: session.ledger, disk: session.copy.disk, link: session.link, server: place.server })
    this.banner.show(bannerFor({
      link: session.link,
      wasOnline: session.wasOnline,
      disk: session.copy.disk,
      waiting: session.ledger.waiting,
      mayWrite: session.mayWrite,
      role: session.role,
      kind: session.meta.kind,
      isNameAsked: this.isNameAsked,
      earlierTitle: this.copies.earlier[0]?.title ?? null
    }, {
      connectNow: () => { session.connectNow() },
      openOther: () => { this.openOther() },
      saveCopy: () => { saveFile(session.meta.title, session.text.toString()) },
      name: name => { this.rename({ ...session.self, name: cleanName(name) || session.self.name, isNamed: true }) },
      keepName: () => { this.rename({ ...session.self, isNamed: true }) },
      saveEarlier: () => { void this.saveEarlier() },
      forgetEarlier: () => {
        this.copies.forget(this.copies.earlier[0]!.name)
        this.showState()
      }
    }))
    this.countMessages()
  }

  /** The text is shown as soon as some of it is here; what comes first may be the copy in this browser. */
  private openEditor (): void {
    const { session } = this
    if (this.editor || (!session.wasOnline && session.doc.store.clients.size === 0)) return
    const root = contentRootOf(session.doc)
    const text = session.doc.getText(root)
    this.editor = new Editor({
      text,
      awareness: session.awareness,
      findAuthor: client => this.authors.get(client),
      moved: position => {
        this.position = position
        this.statePace.request()
      },
      followed: client => { this.showFollowed(client) }
    }, byId('text'))
    text.observe(({ transaction }) => {
      if (transaction.local) return
      for (const client of transaction.afterState.keys()) {
        if (transaction.afterState.get(client) === transaction.beforeState.get(client)) continue
        const author = this.authors.get(client)
        if (author) this.announcer.wrote(author.name)
      }
    })
    this.showMeta()
    this.showPeople()
  }

  private showPeople (): void {
    const { session } = this
    const people = session.people()
    if (people.length > 1 && this.mayChooseColor) this.chooseColor(people)
    this.editor?.setPeople(people, session.doc.clientID)
    this.people.refresh(people)
    this.chat.refreshPeople()
    this.tabs.setCount('people', people.length)
    this.status.showPeople(people.length)
  }

  /** Somebody who has chosen nothing yet gets a colour that nobody else has here. */
  private chooseColor (people: Presence[]): void {
    const { session } = this
    this.mayChooseColor = false
    const color = freeColor(session.self.color, people.filter(({ client }) => client !== session.doc.clientID).map(({ color }) => color))
    if (session.self.isNamed || color === session.self.color) return
    saveSelf(this.storage, { ...session.self, color })
    session.rename({ ...session.self, color })
  }

  private showMeta (): void {
    const { session } = this
    const title = session.meta.title || 'Untitled'
    setText(byId('title'), title)
    document.title = `${title} – Cowrite`
    this.status.showKind(session.meta)
    this.authors = new Map(session.meta.users().flatMap(({ name, color, clients }) =>
      clients.map(client => [client, { name, color }] as const)))
    this.editor?.refreshAuthors()
    this.editor?.setMarkdown(session.meta.isMarkdown)
    this.chat.refresh()
  }

  /** The count on the tab is of messages that were not seen. */
  private countMessages (): void {
    if (this.session.wasOnline) this.seenMessages ??= this.chat.count
    if (this.tabs.current === 'chat') this.seenMessages = this.chat.count
    this.tabs.setCount('chat', this.seenMessages === null ? 0 : this.chat.count - this.seenMessages)
  }

  private goTo (client: number): void {
    this.toText()
    if (client !== this.session.doc.clientID) this.editor?.following.goTo(client)
  }

  /** A frame around the text, in the colour of whoever is followed. */
  private showFollowed (client: number | null): void {
    const person = this.session.people().find(person => person.client === client)
    const text = byId('text')
    if (person) {
      text.dataset['following'] = followingSentence(person.name)
      paint(text, person.color)
      this.announcer.say(`${followingSentence(person.name)}. Escape, or any key in the text, ends it.`)
    } else {
      delete text.dataset['following']
    }
    this.people.followed = client
    this.showPeople()
  }

  /** On a narrow screen the text is one of the tabs. */
  private toText (): void {
    if (matchMedia('(max-width: 719px)').matches) this.tabs.show('text')
  }

  private rename (self: Self): void {
    this.isNameAsked = false
    saveSelf(this.storage, self)
    this.session.rename(self)
    this.showState()
  }

  private async saveEarlier (): Promise<void> {
    const { name, title } = this.copies.earlier[0]!
    const doc = new Y.Doc()
    await LocalCopy.open(name, doc)
    saveFile(title, doc.getText(contentRootOf(doc)).toString())
  }

  private openOther (): void {
    this.copies.setAside(this.session.meta.title)
    location.reload()
  }
}
