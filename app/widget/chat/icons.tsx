const icon = (path: string) => () => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d={path} />
  </svg>
);

export const CloseIcon = icon("M6 6l12 12M18 6L6 18");
export const DownIcon = icon("M6 9.5l6 6 6-6");
export const SendIcon = icon("M12 19V5.5M5.8 11.5L12 5.2l6.2 6.3");
export const ClipIcon = icon(
  "M20 11.5l-8 8a5 5 0 01-7-7l8.4-8.4a3.3 3.3 0 014.7 4.7l-8.4 8.4a1.7 1.7 0 01-2.4-2.4l7.7-7.7",
);
export const SoundIcon = icon("M5 9.8v4.4h3l4 3.5V6.3L8 9.8zM15.5 9.3a4 4 0 010 5.4M18 7a7.5 7.5 0 010 10");
export const QuietIcon = icon("M5 9.8v4.4h3l4 3.5V6.3L8 9.8zM15.8 9.8l4.4 4.4M20.2 9.8l-4.4 4.4");
export const FileIcon = icon("M7 3.8h6.5L18 8.3v11.9H7zM13.3 4v4.5H18");
