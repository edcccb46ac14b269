// Command caveau is the whole shop in one binary: caveau --help lists what it can do.
//
// Exit status: 0 done, 1 failed, 2 the command line or the configuration is wrong.
package main
