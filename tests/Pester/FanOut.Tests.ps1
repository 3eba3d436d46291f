BeforeDiscovery {
    # Real SSH servers on this machine, each a host of its own.
    $sshd = Get-Command sshd, /usr/sbin/sshd -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    $canServe = $IsLinux -and $sshd -and (Get-Command ssh -ErrorAction Ignore) -and (Get-Command ssh-keygen -ErrorAction Ignore)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    $modulePath = Get-ModuleUnderTest
    Import-Module $modulePath
    Set-StrictMode -Version Latest
    $script = Join-Path $PSScriptRoot '..' '..' 'examples' 'fan-out.ps1'
}

Describe 'A folder of pictures on several machines (needs Linux, sshd, ssh and ssh-keygen)' -Skip:(-not $canServe) {
    BeforeAll {
        $sshd = Get-Command sshd, /usr/sbin/sshd -CommandType Application -ErrorAction Ignore | Select-Object -First 1
        $keys = New-Item -ItemType Directory (Join-Path $TestDrive 'keys')
        ssh-keygen -q -t ed25519 -N '' -f "$keys/host"
        ssh-keygen -q -t ed25519 -N '' -f "$keys/user"
        Copy-Item "$keys/user.pub" "$keys/authorized_keys"
        chmod -R go-rwx $keys
        if ((id -u) -eq 0) {
            $null = New-Item -ItemType Directory /run/sshd -Force
        }
        $pwsh = (Get-ThisPowerShell) -join ' '

        function Start-Machine {
            # A port that nobody has: the system gives one, and it is free again a moment later.
            $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $listener.Start()
            $port = $listener.LocalEndpoint.Port
            $listener.Stop()
            Set-Content "$keys/$port.conf" @"
Port $port
ListenAddress 127.0.0.1
HostKey $keys/host
PidFile $keys/$port.pid
AuthorizedKeysFile $keys/authorized_keys
PasswordAuthentication no
KbdInteractiveAuthentication no
StrictModes no
UsePAM no
Subsystem powershell $pwsh -sshs -NoLogo -NoProfile
"@
            & $sshd -f "$keys/$port.conf" -E "$keys/$port.log"
            if ($LASTEXITCODE -ne 0) {
                throw "The server does not start: $(Get-Content "$keys/$port.log" -Raw)"
            }
            while (-not (Test-Path "$keys/$port.pid")) {
                Start-Sleep -Milliseconds 20
            }
            "$([Environment]::UserName)@127.0.0.1:$port"
        }

        function Stop-Machine([string] $Name) {
            # As when its power goes: the server and all that it started, at once.
            $pending = [Collections.Generic.Queue[int]]::new()
            $pending.Enqueue([int](Get-Content "$keys/$($Name.Split(':')[1]).pid"))
            while ($pending.Count) {
                $id = $pending.Dequeue()
                foreach ($child in pgrep -P $id) {
                    $pending.Enqueue([int]$child)
                }
                kill -9 $id
            }
        }

        $machines = @(1..3 | ForEach-Object { Start-Machine })
        $fanOut = @{
            HostName = $machines
            KeyFilePath = "$keys/user"
            SshOption = @{
                UserKnownHostsFile = "$keys/known"; StrictHostKeyChecking = 'no'; LogLevel = 'ERROR'; BatchMode = 'yes'
                ConnectTimeout = 15; ServerAliveInterval = 5; ServerAliveCountMax = 3
            }
            Module = $modulePath
            Training = @{ HiddenLayer = 64, 64; Epoch = 500 }
        }
        $null = New-Item -ItemType Directory (Join-Path $TestDrive 'pictures')
        # The first is large: whoever has it in hand has it for long.
        New-TestPicture (Join-Path $TestDrive 'pictures/1.png') -Width 100 -Height 100
        2..8 | ForEach-Object { New-TestPicture (Join-Path $TestDrive "pictures/$_.png") -Width (10 + $_) }
        $pictures = Join-Path $TestDrive 'pictures' '*.png'
        $painted = Join-Path $TestDrive 'painted'
    }

    AfterAll {
        foreach ($pidFile in Get-ChildItem "$keys/*.pid") {
            Stop-Process -Id (Get-Content $pidFile) -Force -ErrorAction Ignore
        }
    }

    It 'is learned by the others when one is lost' {
        $lost = $machines[0]
        $isLost = $false
        $results = & $script $pictures -Destination $painted @fanOut -WarningVariable warnings -WarningAction SilentlyContinue |
            ForEach-Object {
                if (-not $isLost) {
                    $isLost = $true
                    Stop-Machine $lost
                }
                $_
            }
        "$warnings" | Should -Be "$lost is lost; 1.png goes to another machine."
        @($results).Count | Should -Be 8
        @($results.Name | Sort-Object -Unique).Count | Should -Be 8
        @(Get-ChildItem $painted).Count | Should -Be 8
        foreach ($result in $results) {
            $result.HostName | Should -BeIn $machines[1, 2]
            (New-PixelDataset -LiteralPath $result.Painting).Width |
                Should -Be (New-PixelDataset -LiteralPath (Join-Path $TestDrive 'pictures' $result.Name)).Width
        }
    }

    It 'paints only what is not painted, with the machines that are there' {
        Remove-Item (Join-Path $painted '3.png-painted.png')
        $result = & $script $pictures -Destination $painted @fanOut -WarningVariable warnings -WarningAction SilentlyContinue
        $result.Name | Should -Be '3.png'
        $result.HostName | Should -BeIn $machines[1, 2]
        "$warnings" | Should -Match 'is left out'
    }

    It 'tells of a picture that is none and goes on' {
        Set-Content (Join-Path $TestDrive 'pictures/bad.png') 'no picture'
        Remove-Item (Join-Path $painted '4.png-painted.png')
        $result = & $script $pictures -Destination $painted @fanOut -WarningAction SilentlyContinue -ErrorVariable problems 2> $null
        $result.Name | Should -Be '4.png'
        "$problems" | Should -Match 'bad\.png'
        Remove-Item (Join-Path $TestDrive 'pictures/bad.png')
    }

    It 'ends with an error when no machine is left, and keeps what is painted' {
        Remove-Item (Join-Path $painted '5.png-painted.png')
        $nobody = @{} + $fanOut
        $nobody.HostName = 'nobody@127.0.0.1:9'
        { & $script $pictures -Destination $painted @nobody -WarningAction SilentlyContinue } | Should -Throw '*No machine is left to learn*'
        @(Get-ChildItem $painted).Count | Should -Be 7
    }
}
