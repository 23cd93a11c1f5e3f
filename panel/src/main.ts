import './styles/tokens.css'
import './styles/base.css'

import { createApp } from 'vue'

import App from './App.vue'
import { router } from './router'

// A newer build has replaced the files of this one.
window.addEventListener('vite:preloadError', () => location.reload())

createApp(App).use(router).mount('#app')
