//go:build tools

// Package tools names the programs this module is here to build.
package tools

import (
	_ "go.etcd.io/etcd/server/v3"
)
