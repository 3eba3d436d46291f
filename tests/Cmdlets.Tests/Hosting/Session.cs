using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;
using MonaLisa.PowerShell;
using Host = System.Management.Automation.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>A PowerShell session with the module imported and its own location.</summary>
internal sealed class Session : IDisposable
{
    // What a script can leave behind besides variables. PowerShell's own modules come when they are needed.
    private const string Remains = """
        @(
            Get-Module MonaLisa.PS | ForEach-Object GetHashCode
            Get-ChildItem Function:, Alias: | Where-Object { -not $_.Source } | ForEach-Object { "$($_.Name) $($_.Definition)" }
            Get-PSDrive | ForEach-Object Name
            Get-Job | ForEach-Object Id
        ) -join "`n"
        """;

    private readonly Runspace _runspace;
    private readonly string _remains;

    // A busy machine notices a stop late; only users must not wait.
    static Session() => StoppableCommand.Grace = TimeSpan.FromMinutes(10);

    public Session(string location, PSHost? host = null)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        state.ImportPSModule([StagedModule.Folder]);
        _runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        _runspace.Open();
        _remains = FindRemains();
        Location = location;
    }

    /// <summary>The current folder.</summary>
    public string Location
    {
        set => _runspace.SessionStateProxy.Path.SetLocation(value);
    }

    /// <summary>The session's runspace.</summary>
    public Runspace Runspace => _runspace;

    /// <summary>Runs a script under the strictest rules and gives what came out of each stream.</summary>
    public SessionResult Run(string script, params (string Name, object? Value)[] variables)
    {
        using Host shell = Prepare(script, variables);
        List<object> output = [];
        ErrorRecord? terminating = null;
        try
        {
            output = [.. shell.Invoke().Select(item => item.BaseObject)];
        }
        catch (RuntimeException exception)
        {
            terminating = exception.ErrorRecord;
        }
        return new SessionResult(
            output,
            [.. shell.Streams.Error, .. terminating is null ? Array.Empty<ErrorRecord>() : [terminating]],
            [.. shell.Streams.Verbose.Select(record => record.Message)],
            [.. shell.Streams.Warning.Select(record => record.Message)],
            [.. shell.Streams.Progress]);
    }

    /// <summary>A shell ready to invoke, for tests that stop it.</summary>
    public Host Prepare(string script, params (string Name, object? Value)[] variables)
    {
        foreach ((string name, object? value) in variables)
            _runspace.SessionStateProxy.SetVariable(name, value);
        var shell = Host.Create(_runspace);
        shell.AddScript("Set-StrictMode -Version Latest\n" + script);
        return shell;
    }

    /// <summary>Makes the session as new, variables and location too; false where a script left something else behind.</summary>
    public bool TryReset()
    {
        if (_runspace.RunspaceStateInfo.State != RunspaceState.Opened || _runspace.RunspaceAvailability != RunspaceAvailability.Available)
            return false;
        _runspace.ResetRunspaceState();
        Location = Path.GetTempPath();
        return FindRemains() == _remains;
    }

    public void Dispose() => _runspace.Dispose();

    private string FindRemains()
    {
        using var shell = Host.Create(_runspace);
        return (string)shell.AddScript(Remains).Invoke().Single().BaseObject;
    }
}
