import { expect, test } from 'vitest'
import { bannerFor, type Situation } from '../src/view/banner_content.ts'

const nothing = (): void => {}
const deeds = {
  connectNow: nothing, openOther: nothing, saveCopy: nothing, name: nothing, keepName: nothing, saveEarlier: nothing, forgetEarlier: nothing
}
const usual: Situation = {
  link: { kind: 'online', roundTrip: null }, wasOnline: true, disk: 'ok', waiting: 0, mayWrite: true, role: 'edit', kind: 'markdown', isNameAsked: false, earlierTitle: null
}
const titleFor = (changes: Partial<Situation>): string | undefined => bannerFor({ ...usual, ...changes }, deeds)?.title

test('nothing is said when all is as usual', () => {
  expect(bannerFor(usual, deeds)).toBeNull()
  expect(titleFor({ link: { kind: 'connecting' } })).toBeUndefined()
})

test('the most pressing thing is said', () => {
  const offline = { kind: 'offline', retryAt: 0 } as const
  expect(titleFor({ link: offline, isNameAsked: true })).toBe('You are offline.')
  expect(titleFor({ link: offline, disk: 'full', waiting: 2 })).toBe('Not saved.')
  expect(titleFor({ link: { kind: 'replaced' }, mayWrite: false })).toBe('There is another document at this address now.')
  expect(titleFor({ link: { kind: 'refused', sentence: 'Your invitation has ended.' } })).toBe('Your invitation has ended.')
  expect(titleFor({ isNameAsked: true })).toBe('Others see you as Guest.')
})

test('who may not write is told so, and what to do', () => {
  expect(titleFor({ mayWrite: false, role: 'view' })).toBe('You can read this document, but not change it.')
  expect(titleFor({ mayWrite: false, role: 'comment' })).toBe('You can read and comment.')
})

test('an earlier copy is within reach', () => {
  expect(titleFor({ earlierTitle: 'Plan' })).toContain('“Plan”')
  expect(titleFor({ earlierTitle: '' })).toContain('“Untitled”')
})
