"""Tables of people in (人口表导入): any XLSX, XLS or CSV read in a process apart, its columns guessed, each row understood or refused in words."""
