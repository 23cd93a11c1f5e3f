import '@/styles/tokens.css'
import '@/styles/base.css'
import './sidebar.css'

import { createApp } from 'vue'

import SideBar from './SideBar.vue'

window.addEventListener('vite:preloadError', () => location.reload())

createApp(SideBar).mount('#app')
