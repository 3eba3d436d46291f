<#
.SYNOPSIS
    Learns a folder of pictures on several machines at the same time, and paints them here.
.DESCRIPTION
    Each machine takes the next picture when it is free. The pixels are sent to it, and the training run comes back, over PowerShell remoting
    with SSH. If a machine is lost or does not answer, another one learns its picture. Pictures that are already painted are skipped.
    Interrupted? Run the same line again.

    Each machine needs PowerShell 7.6 with the MonaLisa.PS module, and in the configuration of its SSH server the subsystem line that
    `Get-Help about_Remoting_Requirements` describes. SSH must log in without a question: use a key.
.PARAMETER Path
    The pictures; wildcards are allowed.
.PARAMETER Destination
    The folder for the paintings. It is created if it does not exist.
.PARAMETER HostName
    The machines, each as host, user@host or user@host:port.
.PARAMETER Training
    Parameters for Invoke-MlpTraining.
.PARAMETER MaxSize
    The longest side in pixels. Larger pictures are made smaller before they are sent. The default is 2048.
.PARAMETER Module
    The name or path of the module on the machines. The default is MonaLisa.PS.
.PARAMETER KeyFilePath
    The file of the SSH key.
.PARAMETER SshOption
    Options of ssh. By default, a machine that does not answer for 15 seconds is lost.
.PARAMETER Attempt
    How often a picture is tried if its training fails. A lost machine does not count. The default is 2.
.OUTPUTS
    An object for each picture: its name, the machine, the seconds, the PSNR and the painting.
.EXAMPLE
    ./examples/fan-out.ps1 ./pictures/*.jpg -Destination ./painted -HostName ada, grace, me@alan:2222 -Training @{ Quality = 'High' }
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string[]] $Path,

    [Parameter(Mandatory)]
    [string] $Destination,

    [Parameter(Mandatory)]
    [string[]] $HostName,

    [hashtable] $Training = @{},

    [int] $MaxSize = 2048,

    [string] $Module = 'MonaLisa.PS',

    [string] $KeyFilePath,

    [hashtable] $SshOption = @{ ConnectTimeout = 15; ServerAliveInterval = 5; ServerAliveCountMax = 3; BatchMode = 'yes' },

    [ValidateRange(1, 100)]
    [int] $Attempt = 2
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$null = New-Item -ItemType Directory -Path $Destination -Force
$paintings = @{}
$waiting = [Collections.Generic.Queue[object]]::new()
foreach ($file in Get-ChildItem -Path $Path -File) {
    # Two pictures may differ only in their extension.
    $painting = Join-Path $Destination "$($file.Name)-painted.png"
    if (Test-Path -LiteralPath $painting) {
        Write-Verbose "$($file.Name) is painted already."
    }
    elseif (-not $paintings.ContainsKey($painting)) {
        $paintings[$painting] = $true
        $waiting.Enqueue([pscustomobject]@{ File = $file; Painting = $painting; Attempt = 0; Begun = $null })
    }
}

$train = {
    param($Picture, $Training)
    $ErrorActionPreference = 'Stop'
    [Management.Automation.PSSerializer]::Deserialize($Picture) | Invoke-MlpTraining @Training
}

# A job may fail because its machine is gone before its session knows it.
function Test-Answer([Management.Automation.Runspaces.PSSession] $Session) {
    try {
        Invoke-Command -Session $Session -ScriptBlock { $true }
    }
    catch {
        $false
    }
}

# The machines that answer, each with the picture that it learns.
$machines = [Collections.Generic.List[object]]::new()
$key = if ($KeyFilePath) { @{ KeyFilePath = $KeyFilePath } } else { @{} }
$sessions = @(New-PSSession -HostName $HostName -Name $HostName -Options $SshOption @key -ErrorAction SilentlyContinue -ErrorVariable problems)
foreach ($problem in $problems) {
    Write-Warning "A machine is left out: $problem"
}
foreach ($session in $sessions | Sort-Object { [array]::IndexOf($HostName, $_.Name) }) {
    try {
        Invoke-Command -Session $session -ScriptBlock { Import-Module $using:Module -ErrorAction Stop }
        $machines.Add([pscustomobject]@{ Name = $session.Name; Session = $session; Picture = $null; Job = $null })
    }
    catch {
        Write-Warning "$($session.Name) is left out: $_"
        Remove-PSSession $session
    }
}

try {
    while ($waiting.Count -or @($machines.Where{ $_.Job }).Count) {
        if ($machines.Count -eq 0) {
            throw "No machine is left to learn what is not painted yet: $($waiting.File.Name -join ', '). " +
                'Run the same line again when one is back. Finished paintings are kept.'
        }
        foreach ($machine in $machines.Where{ -not $_.Job }) {
            if ($waiting.Count -eq 0) {
                break
            }
            $picture = $waiting.Dequeue()
            $dataset = New-PixelDataset -LiteralPath $picture.File.FullName -MaxSize $MaxSize -ErrorAction Continue
            if (-not $dataset) {
                continue
            }
            $picture.Attempt++
            $picture.Begun = [datetime]::UtcNow
            $machine.Picture = $picture
            # Over SSH, PowerShell does not use this session's type data to send objects. As a text, all of an object is kept.
            $dataset = [Management.Automation.PSSerializer]::Serialize($dataset)
            $machine.Job = Invoke-Command -Session $machine.Session -ScriptBlock $train -ArgumentList $dataset, $Training -AsJob
            Write-Verbose "$($picture.File.Name) goes to $($machine.Name)."
        }
        $jobs = @($machines.Where{ $_.Job }.ForEach{ $_.Job })
        if ($jobs) {
            $null = Wait-Job -Job $jobs -Any -Timeout 1
        }
        foreach ($machine in @($machines.Where{ $_.Job -and ($_.Job.State -ne 'Running' -or $_.Session.State -ne 'Opened') })) {
            $picture = $machine.Picture
            $run = Receive-Job -Job $machine.Job -ErrorAction SilentlyContinue -ErrorVariable problem
            $isLost = $machine.Session.State -ne 'Opened' -or (-not $run -and -not (Test-Answer $machine.Session))
            Remove-Job -Job $machine.Job -Force
            $machine.Job = $null
            if ($run) {
                # The file is written under another name and then renamed, so a painting that exists is complete.
                $run | Export-GeneratedImage -Path $picture.Painting -Force
                [pscustomobject]@{
                    Name = $picture.File.Name
                    HostName = $machine.Name
                    Seconds = [Math]::Round(([datetime]::UtcNow - $picture.Begun).TotalSeconds, 1)
                    Psnr = $run.Psnr
                    Painting = $picture.Painting
                }
            }
            elseif ($isLost) {
                Write-Warning "$($machine.Name) is lost; $($picture.File.Name) goes to another machine."
                # The picture did not fail.
                $picture.Attempt--
                $waiting.Enqueue($picture)
            }
            elseif ($picture.Attempt -lt $Attempt) {
                Write-Warning "$($picture.File.Name) failed on $($machine.Name) and is tried again: $problem"
                $waiting.Enqueue($picture)
            }
            else {
                Write-Error "$($picture.File.Name) failed: $problem" -TargetObject $picture.File -ErrorAction Continue
            }
            if ($isLost) {
                Remove-PSSession $machine.Session
                $null = $machines.Remove($machine)
            }
        }
    }
}
finally {
    foreach ($machine in $machines) {
        if ($machine.Job) {
            Remove-Job -Job $machine.Job -Force
        }
        Remove-PSSession $machine.Session
    }
}
