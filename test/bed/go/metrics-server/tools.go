//go:build tools

// Package tools names the programs this module is here to build.
package tools

import (
	_ "sigs.k8s.io/metrics-server/cmd/metrics-server"
)
