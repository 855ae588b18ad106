#pragma once
// The Linux calls that the Glibc module of Swift leaves out, and the few that are clumsy from Swift.

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>
#include <sys/types.h>

/// Accepts one connection: non-blocking, closed on exec, without Nagle's algorithm. The peer's numeric
/// address is written into `address` as a C string. Returns the descriptor, or -1 with errno set.
int linux_accept(int listener, char *address, size_t capacity);

/// Writes two buffers in one call, without SIGPIPE. `more` holds a short segment back for what follows.
/// Returns the bytes taken, or -1 with errno set.
ssize_t linux_send(int fd, const void *first, size_t first_count, const void *second, size_t second_count, int more);

/// Opens a listening TCP socket on a numeric or named host: non-blocking, closed on exec. Returns the
/// descriptor, or -1 with errno set (EADDRNOTAVAIL when the host has no address).
int linux_listen(const char *host, uint16_t port, int backlog);

/// The local port of a socket, or -1 with errno set.
int linux_local_port(int fd);

/// Raises the soft limit of open descriptors to the hard one. Returns the limit now in force.
size_t linux_raise_descriptor_limit(void);

/// Keeps SIGPIPE from this thread: sendfile has no MSG_NOSIGNAL, and the rest of the process keeps its own choice.
void linux_block_sigpipe(void);

/// Names the calling thread, at most 15 bytes of it.
void linux_name_thread(const char *name);

/// Opens a regular file for reading, closed on exec. Directories, devices and pipes are refused with EACCES.
int linux_open_regular(const char *path);

/// The first place of `needle` in `haystack`, or NULL; linear whatever the bytes are.
const void *linux_find(const void *haystack, size_t haystack_count, const void *needle, size_t needle_count);

/// The number of processors that this process may run on, at least 1.
int linux_core_count(void);

/// Lets the heap have at most so many arenas. Each keeps what was freed in it, so that many of them hold several times
/// what is in use.
void linux_limit_arenas(int count);

