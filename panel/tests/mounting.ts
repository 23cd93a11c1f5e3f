import { type Component, createApp, h, nextTick, reactive } from 'vue'

/** A component in the document; its props may be changed afterwards. */
export async function mount(component: Component, given: Record<string, unknown>) {
  const props = reactive({ ...given })
  const root = document.createElement('div')
  document.body.replaceChildren(root)
  createApp({ render: () => h(component, props) }).mount(root)
  await nextTick()
  return { root, props }
}
