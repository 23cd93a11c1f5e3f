import { type Hello, read, type Told, VERSION, type Wish } from './protocol'

export interface Host {
  /** Tell the host something; nobody hears it before a host has said hello. */
  tell(told: Told): void
  /** Stop listening. */
  leave(): void
}

/**
 * Listens to the window that shows this frame, if it is of one of `origins` (which may still be on their way), and hands
 * `heard` what it says.
 */
export function listenToHost(origins: Promise<readonly string[]>, heard: (said: Hello | Wish) => void): Host {
  let host = ''

  function tell(told: Told): void {
    if (host && window.parent !== window) window.parent.postMessage({ huashu: VERSION, ...told }, host)
  }

  async function hear(event: MessageEvent<unknown>): Promise<void> {
    if (window.parent === window || event.source !== window.parent) return
    if (!(await origins).includes(event.origin)) return
    const said = read(event.data)
    if (said === null) return
    host = event.origin
    if (said.kind === 'refused') tell({ ...said, versions: [VERSION] })
    else heard(said)
  }

  const listener = (event: MessageEvent<unknown>) => void hear(event)
  window.addEventListener('message', listener)
  return { tell, leave: () => window.removeEventListener('message', listener) }
}
