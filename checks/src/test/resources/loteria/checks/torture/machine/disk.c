/*
 * A disk in trouble, for one process. Preloaded (LD_PRELOAD), it stands between the program and the C library
 * wherever it writes, syncs or cuts a file under one folder; other files, pipes and sockets are left alone.
 *
 *   DISK_FOLDER   the folder, as the kernel names it
 *   DISK_TRACE    a file outside of it, to which every call is added, one line each
 *   DISK_TROUBLE  what happens, once: one of
 *                   byte N killed     of what is written to all of the files, no byte after the first N gets there
 *                   byte N ENOSPC     the same, but the program is told, and the next byte gets there again
 *                   write N killed    before the n-th write
 *                   write N EIO       instead of the n-th write
 *                   sync N killed     before the n-th sync
 *                   sync N done       killed after the n-th sync, before its caller knows of it
 *                   sync N EIO        instead of the n-th sync
 *                   sync N MILLIS     the n-th sync takes so much longer; every sync if N is 0
 *   DISK_SHORT    a seed: writes are cut short at random
 *   DISK_SYNCS    "lie": a sync does nothing and says that all is well
 *
 * A line of the trace: "start", or a call, the file's name in the folder ("." is the folder itself), and
 *   write FILE OFFSET BYTES, sync FILE, cut FILE BYTES; failed calls as "failed write FILE" and "failed sync FILE".
 *
 * The program writes its files from one thread at a time, so nothing here is locked.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static const char *folder;
static size_t folder_length;
static int trace = -1;
static int syncs_lie;
static int shorten;
static unsigned short dice[3];

static char kind[16];     /* byte, write, sync or nothing */
static long long when;    /* N */
static char outcome[16];
static long long bytes_done, writes_begun, syncs_begun;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static ssize_t (*real_pwritev)(int, const struct iovec *, int, off64_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off64_t);

static void note(const char *format, ...) {
  char line[PATH_MAX + 64];
  va_list values;
  va_start(values, format);
  int length = vsnprintf(line, sizeof line, format, values);
  va_end(values);
  if (trace >= 0 && real_write(trace, line, length) != length) {
    abort();
  }
}

__attribute__((constructor)) static void start(void) {
  real_write = (ssize_t (*)(int, const void *, size_t)) dlsym(RTLD_NEXT, "write");
  real_pwrite = (ssize_t (*)(int, const void *, size_t, off64_t)) dlsym(RTLD_NEXT, "pwrite64");
  real_writev = (ssize_t (*)(int, const struct iovec *, int)) dlsym(RTLD_NEXT, "writev");
  real_pwritev = (ssize_t (*)(int, const struct iovec *, int, off64_t)) dlsym(RTLD_NEXT, "pwritev64");
  real_fsync = (int (*)(int)) dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = (int (*)(int)) dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = (int (*)(int, off64_t)) dlsym(RTLD_NEXT, "ftruncate64");

  const char *named = getenv("DISK_FOLDER");
  if (named == NULL) {
    return;
  }
  folder = named;
  folder_length = strlen(named);
  const char *trouble = getenv("DISK_TROUBLE");
  if (trouble != NULL && sscanf(trouble, "%15s %lld %15s", kind, &when, outcome) != 3) {
    abort();
  }
  const char *seed = getenv("DISK_SHORT");
  if (seed != NULL) {
    long long number = atoll(seed);
    shorten = 1;
    memcpy(dice, &number, sizeof dice);
  }
  const char *syncs = getenv("DISK_SYNCS");
  syncs_lie = syncs != NULL && strcmp(syncs, "lie") == 0;
  const char *file = getenv("DISK_TRACE");
  if (file != NULL) {
    trace = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    note("start\n");
  }
}

static void die(void) {
  raise(SIGKILL);
}

/* The file's name in the folder; NULL if it is elsewhere. */
static const char *name_of(int file, char *path) {
  if (folder == NULL || file == trace) {
    return NULL;
  }
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  int saved = errno;
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  errno = saved;
  if (length < (ssize_t) folder_length || memcmp(path, folder, folder_length) != 0) {
    return NULL;
  }
  path[length] = 0;
  if (path[folder_length] == 0) {
    return ".";
  }
  return path[folder_length] == '/' ? path + folder_length + 1 : NULL;
}

static int is(const char *which, const char *what) {
  return strcmp(kind, which) == 0 && strcmp(outcome, what) == 0;
}

/* Writes a part; offset -1 is wherever the file is. */
static ssize_t put(const char *name, int file, const void *bytes, size_t length, off64_t offset) {
  off64_t at = offset >= 0 ? offset : lseek64(file, 0, SEEK_CUR);
  ssize_t put = offset >= 0 ? real_pwrite(file, bytes, length, offset) : real_write(file, bytes, length);
  if (put > 0) {
    bytes_done += put;
    note("write %s %lld %lld\n", name, (long long) at, (long long) put);
  } else {
    note("failed write %s\n", name);
  }
  return put;
}

static ssize_t refuse_write(const char *name, int error) {
  note("failed write %s\n", name);
  errno = error;
  return -1;
}

static ssize_t write_one(const char *name, int file, const void *bytes, size_t length, off64_t offset) {
  writes_begun++;
  if (writes_begun == when && is("write", "killed")) {
    die();
  }
  if (writes_begun == when && is("write", "EIO")) {
    return refuse_write(name, EIO);
  }
  if (strcmp(kind, "byte") == 0 && bytes_done + (long long) length > when) {
    size_t part = when > bytes_done ? (size_t) (when - bytes_done) : 0;
    if (is("byte", "killed")) {
      if (part > 0) {
        put(name, file, bytes, part, offset);
      }
      die();
    }
    if (part == 0) {
      kind[0] = 0;
      return refuse_write(name, ENOSPC);
    }
    length = part;
  }
  if (shorten && length > 1) {
    length = 1 + nrand48(dice) % length;
  }
  return put(name, file, bytes, length, offset);
}

ssize_t write(int file, const void *bytes, size_t length) {
  char path[PATH_MAX];
  const char *name = name_of(file, path);
  return name == NULL ? real_write(file, bytes, length) : write_one(name, file, bytes, length, -1);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) {
  char path[PATH_MAX];
  const char *name = name_of(file, path);
  return name == NULL ? real_pwrite(file, bytes, length, offset)
                      : write_one(name, file, bytes, length, offset);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) {
  return pwrite64(file, bytes, length, offset);
}

/* Of several parts the first is written: a short write, which is allowed. */
ssize_t writev(int file, const struct iovec *parts, int count) {
  char path[PATH_MAX];
  const char *name = name_of(file, path);
  return name == NULL || count == 0
             ? real_writev(file, parts, count)
             : write_one(name, file, parts[0].iov_base, parts[0].iov_len, -1);
}

ssize_t pwritev64(int file, const struct iovec *parts, int count, off64_t offset) {
  char path[PATH_MAX];
  const char *name = name_of(file, path);
  return name == NULL || count == 0
             ? real_pwritev(file, parts, count, offset)
             : write_one(name, file, parts[0].iov_base, parts[0].iov_len, offset);
}

ssize_t pwritev(int file, const struct iovec *parts, int count, off_t offset) {
  return pwritev64(file, parts, count, offset);
}

static void wait_millis(long long millis) {
  struct timespec left = {millis / 1000, millis % 1000 * 1000000};
  while (nanosleep(&left, &left) != 0 && errno == EINTR) {
  }
}

static int sync_one(int file, int (*real)(int)) {
  char path[PATH_MAX];
  const char *name = name_of(file, path);
  if (name == NULL) {
    return real(file);
  }
  syncs_begun++;
  int now = strcmp(kind, "sync") == 0 && (when == 0 || when == syncs_begun);
  if (now && is("sync", "killed")) {
    die();
  }
  if (now && is("sync", "EIO")) {
    note("failed sync %s\n", name);
    errno = EIO;
    return -1;
  }
  if (now && atoll(outcome) > 0) {
    wait_millis(atoll(outcome));
  }
  int result = syncs_lie ? 0 : real(file);
  note(result == 0 ? "sync %s\n" : "failed sync %s\n", name);
  if (now && is("sync", "done")) {
    die();
  }
  return result;
}

int fsync(int file) {
  return sync_one(file, real_fsync);
}

int fdatasync(int file) {
  return sync_one(file, real_fdatasync);
}

int ftruncate64(int file, off64_t length) {
  char path[PATH_MAX];
  const char *name = name_of(file, path);
  int result = real_ftruncate(file, length);
  if (name != NULL && result == 0) {
    note("cut %s %lld\n", name, (long long) length);
  }
  return result;
}

int ftruncate(int file, off_t length) {
  return ftruncate64(file, length);
}
