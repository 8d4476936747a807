#!/bin/busybox sh
# The first program of the machine: the host's files, read-only under a layer of memory, then the tests.
B=/bin/busybox
say() { $B echo "init: $*" > /dev/kmsg; }
end() { $B echo "$1" > /dev/virtio-ports/code; $B reboot -f; }

$B mkdir -p /proc /sys /dev /host /layer /root
$B mount -t proc proc /proc
$B mount -t sysfs sysfs /sys
$B mount -t devtmpfs dev /dev
while read -r module options; do
    $B insmod "/modules/$module" $options || say "no $module"
done < /modules/order

$B mount -t tmpfs -o size=1g layer /layer
$B mkdir /layer/upper /layer/work
$B mount -t 9p -o trans=virtio,version=9p2000.L,ro,cache=loose,msize=512000 host /host || say "no files"
$B mount -t overlay -o lowerdir=/host,upperdir=/layer/upper,workdir=/layer/work layer /root || say "no layer"
$B mount -t proc proc /root/proc
$B mount -t sysfs sysfs /root/sys
$B mount -t configfs configfs /root/sys/kernel/config
$B mount -t devtmpfs dev /root/dev
$B mkdir -p /root/dev/pts /root/dev/shm
$B mount -t devpts -o ptmxmode=666 devpts /root/dev/pts
$B ln -sf /proc/self/fd /root/dev/fd
$B mount -t tmpfs shm /root/dev/shm
$B mount -t tmpfs run /root/run
$B ip link set lo up
$B mkdir /dev/virtio-ports
until [ -e /dev/virtio-ports/line ]; do  # they come when they come, the last one last
    for port in /sys/class/virtio-ports/*; do
        read -r name < "$port/name" && $B ln -sf "/dev/${port##*/}" "/dev/virtio-ports/$name"
    done
done
say "ready"

exec < /dev/null > /dev/virtio-ports/output 2>&1
$B cp /job /root/run/job
$B chroot /root /bin/sh /run/job
end $?
