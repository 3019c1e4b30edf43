// Reads what stands on the standard input as the course's client does, with viper and time.ParseDuration:
// a line is a kind, a text and variables NAME=text, by tabs, texts in base64. Answers a line each: "refused", or
// "read" and the values as NAME=text.
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cast"
	"github.com/spf13/viper"
)

func decoded(text string) string {
	bytes, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return string(bytes)
}

func pair(name string, value string) string {
	return "\t" + name + "=" + base64.StdEncoding.EncodeToString([]byte(value))
}

func settings(file string) (string, error) {
	v := viper.New()
	v.AutomaticEnv()
	v.SetEnvPrefix("cli")
	v.SetEnvKeyReplacer(strings.NewReplacer(".", "_"))
	v.SetDefault("server.address", "server:12345")
	v.SetDefault("loop.amount", "5")
	v.SetDefault("loop.period", "5s")
	v.SetDefault("log.level", "INFO")
	v.SetDefault("batch.maxAmount", "99")
	v.SetConfigType("yaml")
	if err := v.ReadConfig(strings.NewReader(file)); err != nil {
		return "", err
	}
	read := ""
	for _, key := range []string{"id", "server.address", "log.level"} {
		text, err := cast.ToStringE(v.Get(key))
		if err != nil {
			return "", err
		}
		read += pair(key, text)
	}
	for _, key := range []string{"loop.amount", "batch.maxAmount"} {
		number, err := cast.ToIntE(v.Get(key))
		if err != nil {
			return "", err
		}
		read += pair(key, fmt.Sprint(number))
	}
	period, err := time.ParseDuration(v.GetString("loop.period"))
	if err != nil {
		return "", err
	}
	return read + pair("loop.period", fmt.Sprint(period.Nanoseconds())), nil
}

func duration(text string) (string, error) {
	read, err := time.ParseDuration(text)
	return pair("nanos", fmt.Sprint(read.Nanoseconds())), err
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		parts := strings.Split(lines.Text(), "\t")
		os.Clearenv()
		for _, variable := range parts[2:] {
			name, text, _ := strings.Cut(variable, "=")
			os.Setenv(name, decoded(text))
		}
		read, err := map[string]func(string) (string, error){"settings": settings, "duration": duration}[parts[0]](decoded(parts[1]))
		if err != nil {
			fmt.Println("refused")
		} else {
			fmt.Println("read" + read)
		}
	}
}
