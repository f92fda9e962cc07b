import { expect, test } from 'vitest'
import { placeOf } from '../src/place.ts'

const at = (pathname: string, protocol = 'http:') =>
  placeOf({ protocol, host: 'studio.local:7300', hostname: 'studio.local', pathname })

test('the address names the room and the server', () => {
  expect(at('/r/Plan-1.~_')).toEqual({
    room: 'Plan-1.~_', path: '/r/Plan-1.~_', socketBase: 'ws://studio.local:7300/r',
    appLink: '/r/Plan-1.~_/open', server: 'studio.local'
  })
  expect(at('/r/plan', 'https:')).toMatchObject({ socketBase: 'wss://studio.local:7300/r', appLink: '/r/plan/open?https' })
})

test('what is no room is none', () => {
  for (const path of ['/', '/r/', '/plan', '/r/a/b', '/r/%2e%2e', `/r/${'a'.repeat(129)}`]) expect(at(path)).toBeNull()
})
