package window

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// NoDisplay reports whether a window would need a display on this machine and there is none.
func NoDisplay() bool {
	return runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == ""
}

// VirtualDisplay starts an X server of the window's size that nobody sees, and makes it the display of this process. It
// needs Xvfb. The caller ends it.
func VirtualDisplay() (end func(), err error) {
	numbers, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer numbers.Close()
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{write} // its descriptor 3
	err = server.Start()
	write.Close()
	if err != nil {
		return nil, errors.New("there is no display, nor Xvfb to make one; install xvfb")
	}
	end = func() {
		_ = server.Process.Signal(os.Interrupt)
		_ = server.Wait()
	}
	number, err := bufio.NewReader(numbers).ReadString('\n')
	if err != nil {
		end()
		return nil, errors.New("the virtual display did not start")
	}
	// GLFW takes keys only under a UTF-8 locale.
	return end, errors.Join(os.Setenv("DISPLAY", ":"+strings.TrimSpace(number)), os.Setenv("LC_ALL", "en_US.UTF-8"))
}
