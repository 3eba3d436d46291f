using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;
using Host = System.Management.Automation.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>A PowerShell session with the module imported and a location of its own.</summary>
internal sealed class Session : IDisposable
{
    private readonly Runspace _runspace;

    public Session(string location, PSHost? host = null)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        state.ImportPSModule([StagedModule.Folder]);
        _runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        _runspace.Open();
        _runspace.SessionStateProxy.Path.SetLocation(location);
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

    public void Dispose() => _runspace.Dispose();
}
