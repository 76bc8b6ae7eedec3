// Imported before anything that uses node:sqlite: that it is experimental in Node 22 is no news to whoever runs the demo.
process.removeAllListeners("warning");
process.on("warning", (warning) => {
  if (warning.name === "ExperimentalWarning" && warning.message.includes("SQLite")) return;
  process.stderr.write(`${warning.name}: ${warning.message}\n`);
});
