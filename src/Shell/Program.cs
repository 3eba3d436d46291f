Console.WriteLine("monalisa");
