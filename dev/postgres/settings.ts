/**
 * Settings for a small machine, given on the command line so that an older data folder gets them too.
 * TCP on loopback only: a socket file would need a folder that both accounts can write.
 */
export function serverArguments(input: { data: string; port: number; durable: boolean }): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: "127.0.0.1",
    port: input.port,
    unix_socket_directories: "",
    max_connections: 100,
    shared_buffers: "128MB",
    effective_cache_size: "1GB",
    work_mem: "8MB",
    maintenance_work_mem: "128MB",
    // One machine without replicas: the short form of the log, and bulk loading skips it.
    wal_level: "minimal",
    max_wal_senders: 0,
    max_wal_size: "1GB",
    io_method: "sync",
    jit: "off",
    random_page_cost: 1.1,
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    ...(input.durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return ["-D", input.data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}
