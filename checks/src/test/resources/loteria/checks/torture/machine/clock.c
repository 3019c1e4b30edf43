/*
 * A clock that jumps, for one process. Preloaded (LD_PRELOAD), it moves the time of day and leaves alone the clock that
 * only goes on. It moves it by as many seconds as the file CLOCK_FILE says, from when there is one; if the environment
 * names no file, every 300 ms, a year ahead and a year back by turns.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { JUMP_MILLIS = 300, YEAR_SECONDS = 31536000 };

static int ask(clockid_t clock, struct timespec *now) {
  return (int) syscall(SYS_clock_gettime, clock, now);
}

static time_t jump(void) {
  const char *file = getenv("CLOCK_FILE");
  if (file != NULL) {
    char seconds[32] = {0};
    int open_file = open(file, O_RDONLY | O_CLOEXEC);
    if (open_file < 0 || read(open_file, seconds, sizeof seconds - 1) < 0) {
      seconds[0] = '0';
    }
    if (open_file >= 0) {
      close(open_file);
    }
    return atoll(seconds);
  }
  struct timespec since;
  ask(CLOCK_MONOTONIC, &since);
  long long millis = since.tv_sec * 1000LL + since.tv_nsec / 1000000;
  return millis / JUMP_MILLIS % 2 == 0 ? YEAR_SECONDS : -YEAR_SECONDS;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int result = ask(clock, now);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    now->tv_sec += jump();
  }
  return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  (void) zone;
  struct timespec precise;
  int result = clock_gettime(CLOCK_REALTIME, &precise);
  now->tv_sec = precise.tv_sec;
  now->tv_usec = precise.tv_nsec / 1000;
  return result;
}

time_t time(time_t *into) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (into != NULL) {
    *into = now.tv_sec;
  }
  return now.tv_sec;
}
