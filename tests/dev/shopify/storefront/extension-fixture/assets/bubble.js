window.bubble = true;
