/** How the page looks: a phone on a desk, and as wide as the screen on one. */
export const style = `
:root{font:15px/1.45 system-ui,sans-serif;color:#1a1c1d;background:#f1f2f4}
*{box-sizing:border-box}body{margin:0;padding:16px;display:flex;flex-direction:column;align-items:center;gap:16px}
header{max-width:760px;width:100%}h1{font-size:20px;margin:0}header p{margin:2px 0 10px;color:#616161}
select,input,textarea,button{font:inherit;border:1px solid #8c9196;border-radius:8px;padding:6px 10px;background:#fff;color:inherit;max-width:100%}
button{cursor:pointer}button:hover{background:#f6f6f7}:focus-visible{outline:2px solid #005bd3;outline-offset:2px}
main{display:flex;gap:16px;max-width:760px;width:100%;align-items:flex-start}
nav{display:flex;flex-direction:column;gap:6px;min-width:150px}nav button{text-align:start}
nav button[aria-pressed=true]{background:#1a1c1d;color:#fff}
.phone{flex:1;min-width:0;background:#fff;border:8px solid #1a1c1d;border-radius:28px;display:flex;flex-direction:column;height:78vh;min-height:480px;overflow:hidden}
.top{display:flex;gap:8px;flex-wrap:wrap;align-items:center;padding:10px 14px;border-bottom:1px solid #e3e3e3}#address{color:#616161;overflow-wrap:anywhere}
#thread{flex:1;overflow:auto;padding:12px;display:flex;flex-direction:column;gap:6px}
.bubble{max-width:80%;padding:8px 12px;border-radius:16px;background:#ebebeb;white-space:pre-wrap;overflow-wrap:anywhere;align-self:flex-start}
.bubble.me{align-self:flex-end;background:#d4e8ff}.bubble small{display:block;color:#616161}.bubble img{max-width:200px;display:block;border-radius:8px}
.bubble button{font-size:13px;padding:2px 8px;margin-top:4px}
form{padding:10px 12px;border-top:1px solid #e3e3e3;display:flex;flex-direction:column;gap:8px}form [hidden]{display:none}
.row{display:flex;gap:8px;align-items:center;flex-wrap:wrap}.row input[type=email]{flex:1;min-width:0}
.row button[type=submit]{margin-inline-start:auto;background:#1a1c1d;color:#fff}
.file{border:1px solid #8c9196;border-radius:8px;padding:6px 10px;cursor:pointer}.file input{position:absolute;opacity:0;width:1px;height:1px}
.file:focus-within{outline:2px solid #005bd3;outline-offset:2px}
.acts{display:flex;gap:6px;flex-wrap:wrap;max-height:110px;overflow:auto}.acts button{font-size:13px;padding:3px 8px}
#problem{margin:0;color:#8e0b21}#problem:empty{display:none}#about,.forward p{margin:0;color:#616161;font-size:13px}.forward{display:flex;flex-direction:column;gap:6px}
@media(max-width:600px){body{padding:8px}main{flex-direction:column}nav{flex-direction:row;flex-wrap:wrap}.phone{width:100%;border-width:4px}}
`;
