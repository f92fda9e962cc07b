// What the banner says, most pressing first.
import type { Role } from '../session/entrance.ts'
import type { Disk } from '../session/local_copy.ts'
import type { LinkState } from '../session/room_session.ts'
import type { BannerContent } from './banner.ts'

export interface Situation {
  link: LinkState
  wasOnline: boolean
  disk: Disk
  /** Edits that the server has not confirmed. */
  waiting: number
  mayWrite: boolean
  role: Role
  /** Of the document: `markdown`, `table` and so on. */
  kind: string
  isNameAsked: boolean
  /** Of a copy of the document that was at this address before; null for none. */
  earlierTitle: string | null
}

export interface Deeds {
  connectNow: () => void
  openOther: () => void
  saveCopy: () => void
  name: (name: string) => void
  keepName: () => void
  saveEarlier: () => void
  forgetEarlier: () => void
}

/** Null if all is as usual. */
export function bannerFor (situation: Situation, deeds: Deeds): BannerContent | null {
  const { link, disk, waiting, role, kind } = situation
  const saveCopy = { label: 'Save mine as a file', run: deeds.saveCopy }
  if (disk !== 'ok' && waiting > 0 && link.kind !== 'online') {
    return {
      title: 'Not saved.',
      text: 'Keep this page open: what you wrote is only here until the connection returns.',
      tone: 'bad',
      actions: [{ label: 'Connect now', run: deeds.connectNow }, saveCopy]
    }
  }
  switch (link.kind) {
    case 'replaced':
      return {
        title: 'There is another document at this address now.',
        text: 'Nothing was mixed; your copy is safe in this browser.',
        tone: 'bad',
        actions: [{ label: 'Open the other one', run: deeds.openOther }, saveCopy]
      }
    case 'refused':
      return {
        title: link.sentence,
        text: 'What you wrote is kept in this browser.',
        tone: 'bad',
        actions: [{ label: 'Try again', run: deeds.connectNow }, saveCopy]
      }
    case 'offline':
      return {
        title: 'You are offline.',
        text: disk === 'ok' ? 'Keep writing: every edit is safe here and syncs when the connection returns.' : '',
        tone: 'waiting',
        actions: [{ label: 'Connect now', run: deeds.connectNow }]
      }
    case 'connecting':
    case 'online':
      break
  }
  if (situation.earlierTitle !== null) {
    return {
      title: `Your copy of “${situation.earlierTitle || 'Untitled'}”, which was here before, is kept in this browser.`,
      text: '',
      tone: 'good',
      actions: [{ label: 'Save it as a file', run: deeds.saveEarlier }, { label: 'Throw it away', run: deeds.forgetEarlier }]
    }
  }
  if (kind === 'table') {
    return { title: 'This document is a table.', text: 'Open it in Cowrite to see and change it.', tone: 'waiting', actions: [] }
  }
  if (!situation.mayWrite) {
    return {
      title: role === 'comment' ? 'You can read and comment.' : 'You can read this document, but not change it.',
      text: role === 'comment' ? 'Comments are written in Cowrite.' : 'Ask for another link if you need to write.',
      tone: 'good',
      actions: []
    }
  }
  if (situation.isNameAsked) {
    return {
      title: 'Others see you as Guest.',
      text: '',
      tone: 'good',
      actions: [{ label: 'Not now', run: deeds.keepName }],
      askName: deeds.name
    }
  }
  return null
}
