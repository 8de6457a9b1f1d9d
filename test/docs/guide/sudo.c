/* What the guide's reader has as sudo, for a test in a root of its own: becomes root, or with -u another account. */
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  const char *user = "root";
  int first = 1;
  if (argc > 2 && strcmp(argv[1], "-u") == 0) {
    user = argv[2];
    first = 3;
  }
  struct passwd *account = getpwnam(user);
  if (account == NULL || first >= argc) return 1;
  if (setgid(account->pw_gid) != 0 || initgroups(user, account->pw_gid) != 0 || setuid(account->pw_uid) != 0) {
    perror("sudo");
    return 1;
  }
  setenv("PATH", "/opt/guide:/usr/sbin:/usr/bin:/sbin:/bin", 1);
  execvp(argv[first], argv + first);
  perror(argv[first]);
  return 127;
}
